using System.Net.Http.Json;
using System.Text.Json;
using Rapport.Kernel;

namespace Rapport.Tests.Dialogue;

/// <summary>One table of what people type and what they must find, in this order, the same on both databases.</summary>
public class FindTableTests(RapportFixture rapport) : ProductTests(rapport)
{
    private static readonly string[] Organizations = ["C++ Users Example", "Cargo Example", "Hafenwerk Beispiel GmbH"];

    private static readonly (string Name, string[] Points)[] People =
    [
        ("Hanna Probe", []), ("Annabel Muster", []), ("Anna Beispiel", []), ("Ann Example", []), ("Seán O'Neill", []), ("Jean-Pierre Modèle", []), ("Łukasz Próbka", []),
        ("王芳", []), ("田中太郎", []), ("김민수", []), ("สมชาย ตัวอย่าง", []), ("محمد مثال", []), ("Ελένη Παράδειγμα", []), ("Jürgen Straßer", []),
        ("Lena Brandt", ["+49 30 90182044", "lena.brandt@hafenwerk.example"]), ("Uwe Brandtner", ["030 5550199"]),
    ];

    private static readonly (string Typed, string[] Found)[] Table =
    [
        ("ann", ["Ann Example", "Anna Beispiel|Annabel Muster", "Anna Beispiel|Annabel Muster", "Hanna Probe"]),
        ("anna", ["Anna Beispiel", "Annabel Muster", "Hanna Probe"]),
        ("BRANDT", ["Lena Brandt", "Uwe Brandtner"]),
        ("brandt lena", ["Lena Brandt"]), ("lena  bra", ["Lena Brandt"]), ("rand", ["Lena Brandt|Uwe Brandtner", "Lena Brandt|Uwe Brandtner"]),
        ("o'neill", ["Seán O'Neill"]), ("o’neill", ["Seán O'Neill"]), ("ONeill", ["Seán O'Neill"]), ("o neill", ["Seán O'Neill"]), ("sean", ["Seán O'Neill"]),
        ("jeanpierre", ["Jean-Pierre Modèle"]), ("jean pierre modele", ["Jean-Pierre Modèle"]),
        ("lukasz probka", ["Łukasz Próbka"]), ("ukas", ["Łukasz Próbka"]), ("strasser", ["Jürgen Straßer"]), ("jurgen", ["Jürgen Straßer"]),
        ("王芳", ["王芳"]), ("芳", ["王芳"]), ("太郎", ["田中太郎"]), ("민수", ["김민수"]), ("สมชาย", ["สมชาย ตัวอย่าง"]), ("ชาย", ["สมชาย ตัวอย่าง"]), ("محمد", ["محمد مثال"]), ("ελενη", ["Ελένη Παράδειγμα"]),
        ("c++", ["C++ Users Example", "Cargo Example"]), ("hafenwerk beispiel", ["Hafenwerk Beispiel GmbH"]),
        ("lena.brandt@", ["Lena Brandt"]), ("hafenwerk.ex", ["Lena Brandt"]), ("Lena.Brandt@Hafenwerk.example", ["Lena Brandt"]),
        ("030 901820-44", ["Lena Brandt"]), ("+49 (0)30 90182044", ["Lena Brandt"]), ("0049 30 90182044", ["Lena Brandt"]), ("(030) 901 820 44", ["Lena Brandt"]), ("030/90182044", ["Lena Brandt"]),
        ("82044", ["Lena Brandt"]), ("49309018", ["Lena Brandt"]), ("+49305550199", ["Uwe Brandtner"]), ("018 20", ["Lena Brandt"]),
        ("ann zzyzx", []), ("*", []), ("\"", []), ("%", []), ("'", []), ("() \\ &|!", []), ("", []),
    ];

    [Fact]
    public async Task Whatever_is_typed_finds_the_same_in_the_same_order()
    {
        var client = await Rapport.SignedInAsync(Roles.Member);
        foreach (var name in Organizations) (await client.PostAsJsonAsync("/api/parties/organizations", new { name }, Ct)).EnsureSuccessStatusCode();
        foreach (var (name, points) in People)
        {
            var contactPoints = points.Select(p => new { kind = p.Contains('@') ? "email" : "telephone", given = p });
            (await client.PostAsJsonAsync("/api/parties/persons", new { name, contactPoints }, Ct)).EnsureSuccessStatusCode();
        }
        var wrong = new List<string>();
        foreach (var (typed, wanted) in Table)
        {
            var found = await FoundAsync(client, typed);
            if (found.Count != wanted.Length || found.Where((name, i) => !wanted[i].Split('|').Contains(name)).Any()) wrong.Add($"\"{typed}\" found {string.Join(", ", found)}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5_000)]
    public async Task One_letter_and_very_many_are_answered(int letters)
    {
        var answer = await (await Rapport.SignedInAsync(Roles.Member)).GetAsync($"/api/find?q={new string('q', letters)}", Ct);
        Assert.True(answer.IsSuccessStatusCode);
    }

    private static async Task<List<string>> FoundAsync(HttpClient client, string typed)
    {
        using var found = JsonDocument.Parse(await client.GetStringAsync($"/api/find?q={Uri.EscapeDataString(typed)}", Ct));
        string[] groups = ["people", "organizations"];
        return [.. groups.SelectMany(g => found.RootElement.GetProperty(g).EnumerateArray()).Select(e => e.GetProperty("title").GetString()!)];
    }
}
