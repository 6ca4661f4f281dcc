namespace Rapport.Channels.Mail;

/// <summary>What a delivery status report says of one recipient (RFC 3464, section 2.3), as it stands there.</summary>
internal sealed class DeliveryStatus
{
    private const int Most = 5_000;
    private const int LongestValue = 4_000;

    public string Original { get; private set; } = "";
    public string Final { get; private set; } = "";
    public string Actual { get; private set; } = "";
    public string Action { get; private set; } = "";
    public string Status { get; private set; } = "";
    public string Diagnostic { get; private set; } = "";

    /// <summary>The address we wrote to: as we gave it where that is reported, else where it went.</summary>
    public string Recipient => new[] { Original, Final, Actual }.Select(Address).FirstOrDefault(a => a.Contains('@', StringComparison.Ordinal)) ?? "";

    private bool Named => Original.Length + Final.Length + Actual.Length > 0;

    /// <summary>All of them. Groups are told apart by blank lines and, since some leave those out or put them in the middle, by fields that come again.</summary>
    public static List<DeliveryStatus> Read(string fields)
    {
        var (all, now) = (new List<DeliveryStatus>(), new DeliveryStatus());
        foreach (var (name, value) in Unfolded(fields))
        {
            if (all.Count >= Most) break;
            if (name.Length == 0 ? now.Named && now.Action.Length + now.Status.Length > 0 : now.Has(name))
            {
                if (now.Named) all.Add(now);
                now = new();
            }
            now.Take(name, value);
        }
        if (now.Named && all.Count < Most) all.Add(now);
        return all;
    }

    private bool Has(string name) => name switch
    {
        "original-recipient" => Original.Length > 0,
        "final-recipient" => Final.Length > 0,
        "action" => Action.Length > 0,
        "status" => Status.Length > 0,
        _ => false,
    };

    private void Take(string name, string value)
    {
        switch (name)
        {
            case "original-recipient": Original = value; break;
            case "final-recipient": Final = value; break;
            case "x-actual-recipient": Actual = value; break;
            case "action": Action = value.ToLowerInvariant(); break;
            case "status": Status = value; break;
            case "diagnostic-code" when Diagnostic.Length == 0: Diagnostic = WithoutType(value); break;
        }
    }

    /// <summary>Each field with its name in lower case; a blank line is a field without a name. A field goes on in lines that begin with space.</summary>
    internal static IEnumerable<(string Name, string Value)> Unfolded(string fields)
    {
        var (name, value) = ("", "");
        foreach (var line in fields.Split('\n'))
        {
            if (line.Length > 0 && line[0] is ' ' or '\t' && name.Length > 0 && line.AsSpan().Trim().Length > 0)
            {
                if (value.Length < LongestValue) value += " " + line.Trim();
                continue;
            }
            if (name.Length > 0) yield return (name, value);
            name = "";
            if (string.IsNullOrWhiteSpace(line)) { yield return ("", ""); continue; }
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon is < 1 or > 60 || line.AsSpan(0, colon).Contains(' ')) continue;
            (name, value) = (line[..colon].ToLowerInvariant(), line[(colon + 1)..].Trim());
            if (value.Length > LongestValue) value = value[..LongestValue];
        }
        if (name.Length > 0) yield return (name, value);
    }

    // "rfc822; <ada@example.com>", "utf-8;...", or without the type.
    internal static string Address(string value)
    {
        var bare = WithoutType(value).Trim('<', '>', '"', '\'', ' ');
        if (bare.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) bare = bare["mailto:".Length..];
        return bare.Length is > 0 and <= 254 && !bare.AsSpan().ContainsAny(" \t/|") ? bare : MailAddresses.In(bare).FirstOrDefault() is { } found && !found.StartsWith('/') && !bare.StartsWith('|') && !bare.StartsWith('/') ? found : "";
    }

    private static string WithoutType(string value)
    {
        var end = value.IndexOf(';', StringComparison.Ordinal);
        return end is >= 0 and < 20 && !value.AsSpan(0, end).Trim().Contains(' ') ? value[(end + 1)..].Trim() : value;
    }
}
