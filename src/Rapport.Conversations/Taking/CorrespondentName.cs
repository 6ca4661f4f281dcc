using System.Collections.Frozen;
using System.Globalization;
using Rapport.Customers;

namespace Rapport.Conversations;

/// <summary>What to call somebody who is known by a mail's header alone: a name as people say it. The header itself stays on the message.</summary>
internal static class CorrespondentName
{
    private static readonly FrozenSet<string> Companies = "inc ltd llc llp plc gmbh ag kg ug bv nv sa sas sarl srl spa ab as oy co corp pty kk limited company".Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>"Brandt, Lena (Sales)" is Lena Brandt; where no name stands, the address has one: lena.brandt@.</summary>
    public static string Of(string given, EmailAddress address)
    {
        var name = WithoutRemark(given.Trim().Trim('"', '\'', ' '));
        if (name.Length == 0 || name.Contains('@', StringComparison.Ordinal)) return OfAddress(address.LocalPart);
        return name.IndexOf(',', StringComparison.Ordinal) is var comma and > 0 && comma == name.LastIndexOf(',') ? Turned(name, comma) : name;
    }

    // A department, a site, an extension: said behind the name, in brackets.
    private static string WithoutRemark(string name)
    {
        while (name.Length > 0 && name[^1] is ')' or ']' && name.LastIndexOf(name[^1] == ')' ? '(' : '[') is var open and > 0) name = name[..open].TrimEnd(' ', ',', '-');
        return name;
    }

    private static string Turned(string name, int comma)
    {
        var read = PersonNames.Read(name);
        var company = name[(comma + 1)..].Trim(' ', '.').Split(' ').All(w => Companies.Contains(w.Trim('.').Replace(".", "", StringComparison.Ordinal)));
        if (company || read.Given.Length == 0 || read.Family.Length == 0 || name.Any(char.IsDigit)) return name;
        var turned = string.Join(' ', new[] { read.Honorific, read.Given, read.Middle, read.Family, read.Suffix }.Where(p => p.Length > 0));
        // Directories in capitals, as people do not write their own names.
        return turned.Any(char.IsLower) ? turned : CultureInfo.InvariantCulture.TextInfo.ToTitleCase(turned.ToLowerInvariant());
    }

    private static string OfAddress(string local)
    {
        if (local.IndexOf('+', StringComparison.Ordinal) is var tag and > 0) local = local[..tag];
        var words = local.Split(['.', '_', '-'], StringSplitOptions.RemoveEmptyEntries);
        var spoken = words.Length > 1 && words.All(w => w.All(char.IsLetter));
        return spoken ? string.Join(' ', words.Select(w => char.ToUpper(w[0], CultureInfo.InvariantCulture) + w[1..])) : local;
    }
}
