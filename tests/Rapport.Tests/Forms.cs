using System.Net;
using System.Text.RegularExpressions;

namespace Rapport.Tests;

/// <summary>Fills in and sends the forms of a page, as a person without scripts would.</summary>
public static partial class Forms
{
    /// <summary>Reads the page, then sends one of its forms with its hidden fields and what is typed. Follows no redirect.</summary>
    /// <param name="client">Who does it.</param>
    /// <param name="page">The path of the page.</param>
    /// <param name="form">Its <c>@formname</c>, or the path that it or a button in it is sent to; null when the page has one form of its own.</param>
    /// <param name="typed">What is typed or chosen; the same name twice for several choices.</param>
    public static async Task<HttpResponseMessage> SubmitAsync(this HttpClient client, string page, string? form, params (string Name, string Value)[] typed) => await (await client.OpenAsync(page, form, typed))();

    /// <summary>Reads the page now, as somebody who has it open; sends the form when it is called.</summary>
    public static async Task<Func<Task<HttpResponseMessage>>> OpenAsync(this HttpClient client, string page, string? form, params (string Name, string Value)[] typed)
    {
        var ct = TestContext.Current.CancellationToken;
        var response = await client.GetAsync(page, ct);
        var html = await response.Content.ReadAsStringAsync(ct);
        var found = FormTags().Matches(html).FirstOrDefault(each => each.Groups["attributes"].Value.Contains("method=\"post\"", StringComparison.Ordinal) && (form is null || Is(each, form)));
        Assert.True(found is not null, $"{page} ({(int)response.StatusCode}) has no form {form}: {html}");

        var fields = new List<KeyValuePair<string, string>>();
        foreach (Match hidden in Hidden().Matches(found.Groups["body"].Value))
            if (Attribute(hidden.Value, "name") is { } name && !typed.Any(t => t.Name == name)) fields.Add(new(name, Attribute(hidden.Value, "value") ?? ""));
        fields.AddRange(typed.Select(t => new KeyValuePair<string, string>(t.Name, t.Value)));
        var action = form is not null && HasButtonTo(found, form) ? form : Attribute(found.Groups["attributes"].Value, "action") is { Length: > 0 } other ? other : page;
        return () => client.PostAsync(action, new FormUrlEncodedContent(fields), ct);
    }

    private static bool Is(Match each, string form) =>
        Attribute(each.Groups["attributes"].Value, "action") == form || HasButtonTo(each, form) || each.Groups["body"].Value.Contains($"name=\"_handler\" value=\"{form}\"", StringComparison.Ordinal);

    private static bool HasButtonTo(Match each, string path) => each.Groups["body"].Value.Contains($"formaction=\"{path}\"", StringComparison.Ordinal);

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\b{name}=\"([^\"]*)\"") is { Success: true } match ? WebUtility.HtmlDecode(match.Groups[1].Value) : null;

    [GeneratedRegex("<form(?<attributes>[^>]*)>(?<body>.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex FormTags();

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();
}
