using System.Collections.Frozen;

namespace Rapport.Customers;

/// <summary>Guesses which part of a domain somebody registered: "mail.north.example.co.uk" belongs to "example.co.uk".</summary>
public static class RegistrableDomain
{
    private static readonly FrozenSet<string> SecondLevels = "ac co com edu gob gouv gov go govt ltd me mil net ne nhs nom or org plc sch school police gen web firm ind nic id".Split(' ').ToFrozenSet();

    // Countries that register below a second level; elsewhere "co" or "com" is somebody's own name.
    private static readonly FrozenSet<string> Countries =
        "uk au nz za jp kr br ar mx in id il tr th tw hk sg my ph cn ke ng gh tz ug zm zw eg sa ae qa kw bh om jo lb pk bd lk np vn kh mm pe co ve ec bo py uy cl cr gt sv hn ni pa do pr cu cy mt gr pl ua hu rs ba mk al ge am az kz uz fj pg bw na mz ma tn dz ly"
            .Split(' ').ToFrozenSet();

    private static readonly FrozenSet<string> Others =
        "asso.fr gouv.fr tm.fr gv.at or.at co.at ac.at priv.no kommune.no parliament.uk lg.jp ed.jp gr.jp ad.jp on.net uk.com us.com eu.com de.com gb.net pvt.k12.us qc.ca on.ca bc.ca gc.ca"
            .Split(' ').ToFrozenSet();

    /// <summary>The registrable domain; the domain itself when it has two labels or fewer.</summary>
    public static string Of(string domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        var last = domain.LastIndexOf('.');
        if (last <= 0) return domain;
        var second = domain.LastIndexOf('.', last - 1);
        if (second <= 0) return domain;
        if (!IsSuffix(domain[(second + 1)..])) return domain[(second + 1)..];
        var third = domain.LastIndexOf('.', second - 1);
        return domain[(third + 1)..];
    }

    /// <summary>Whether names are registered below this two-label ending ("co.uk").</summary>
    public static bool IsSuffix(string ending)
    {
        ArgumentNullException.ThrowIfNull(ending);
        var dot = ending.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0) return false;
        return Others.Contains(ending) || Countries.Contains(ending[(dot + 1)..]) && SecondLevels.Contains(ending[..dot]);
    }
}
