using System.Collections.Frozen;
using Rapport.Kernel.Search;

namespace Rapport.Customers.Import;

/// <summary>Recognises a column by what stands in it.</summary>
internal static class ColumnValues
{
    private const double Most = 0.6;

    private static readonly FrozenSet<string> Honorifics = "mr mrs ms miss mx dr prof professor herr frau m mme mlle sr sra srta dhr mevr mw drs sir ir".Split(' ').ToFrozenSet();

    private static readonly FrozenSet<string> CompanyForms =
        "inc llc ltd plc corp corporation company co gmbh ag kg ohg ug ev mbh sa sas sarl sasu sl sau slu srl spa bv nv vof ab as oy aps oyj pty pte limited group holding stiftung university ministry council agency".Split(' ').ToFrozenSet();

    public static ColumnKind KindOf(List<string> values)
    {
        if (values.Count == 0) return ColumnKind.Ignore;
        if (Share(values, value => EmailAddresses.Read(value) is not null) > Most) return ColumnKind.Email;
        if (Share(values, value => value.StartsWith("http", StringComparison.OrdinalIgnoreCase) || value.StartsWith("www.", StringComparison.OrdinalIgnoreCase)) > Most) return ColumnKind.Website;
        if (Share(values, value => value is ['+', ..] && value.Count(char.IsDigit) is >= 7 and <= 15) > Most) return ColumnKind.Phone;
        if (values.Count > 1 && Share(values, IsHonorific) > 0.9) return ColumnKind.Honorific;
        if (Share(values, IsCompany) > Most) return ColumnKind.Organization;
        return ColumnKind.Ignore;
    }

    public static double Share(List<string> values, Func<string, bool> holds) => values.Count == 0 ? 0 : (double)values.Count(holds) / values.Count;

    public static bool IsHonorific(string value) => Honorifics.Contains(TextFold.Fold(value).TrimEnd('.'));

    public static bool IsCompany(string value) => TextFold.Words(TextFold.Fold(value.Replace(".", "", StringComparison.Ordinal))).LastOrDefault() is { } last && value.Contains(' ') && CompanyForms.Contains(last);
}
