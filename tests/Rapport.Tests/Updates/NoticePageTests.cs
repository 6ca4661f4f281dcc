using System.Net;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Customers;
using Rapport.Updates;

namespace Rapport.Tests.Updates;

/// <summary>A notice by the pages, as a person without scripts would write it.</summary>
public sealed class NoticePageTests(RapportFixture rapport) : NoticeWorld(rapport)
{
    [Fact]
    public async Task A_notice_is_written_looked_at_sent_once_followed_and_ended()
    {
        var (me, box) = (await Rapport.SignedInAsync(Roles.Owner), await BoxAsync());
        var home = await CustomerAsync("Paged Example");
        var person = await PersonAsync("Paula Paged", "paula@paged.example", home);
        (string, string)[] typed =
        [
            ("Input.Kind", "Delay"), ("Input.Severity", "Major"), ("Input.Title", "The paged crane comes later"), ("Input.Affects", "Crane 7"), ("Input.Means", "It arrives in week 51."), ("Input.Began", "2026-11-23T10:00"),
            ("Input.NextWord", "2026-11-27T17:00"), ("Input.Mailbox", box.ToString()), ("Input.Who.At.Words", "Paged Example"), ("Input.Who.At", home.ToString()), ("Input.Deed", "preview"),
        ];
        // What is missing is said beside its field, and nothing is lost.
        var wrong = WebUtility.HtmlDecode(await (await me.SubmitAsync("/notices/new", "notice", [.. typed.Where(t => t.Item1 != "Input.NextWord")])).Content.ReadAsStringAsync(Ct));
        Assert.Contains("Say when the next word comes", wrong, StringComparison.Ordinal);
        Assert.Contains("The paged crane comes later", wrong, StringComparison.Ordinal);

        var looked = await (await me.SubmitAsync("/notices/new", "notice", typed)).Content.ReadAsStringAsync(Ct);
        var shown = WebUtility.HtmlDecode(looked);
        Assert.Contains("It reaches 1 person", shown, StringComparison.Ordinal);
        Assert.Contains("people of Paged Example", shown, StringComparison.Ordinal);
        Assert.Contains("Hello Paula Paged,", shown, StringComparison.Ordinal);
        Assert.False(await Rapport.InDatabaseAsync(db => db.Set<Notice>().AnyAsync(n => n.Title == "The paged crane comes later", Ct)));

        var fields = Fields(looked).Append(new("Input.Deed", "send")).ToList();
        var (first, again) = (await me.PostAsync("/notices/new", new FormUrlEncodedContent(fields), Ct), await me.PostAsync("/notices/new", new FormUrlEncodedContent(fields), Ct));
        Assert.Equal(HttpStatusCode.Found, first.StatusCode);
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        var path = first.Headers.Location!.ToString();
        path = path[path.IndexOf("/notices/", StringComparison.Ordinal)..];
        var id = new NoticeId(Guid.Parse(path["/notices/".Length..]));
        Assert.Equal(1, await Rapport.InDatabaseAsync(db => db.Set<Notice>().CountAsync(n => n.Title == "The paged crane comes later", Ct)));
        await TellAsync();
        await BecomesAsync(id, DispatchState.HandedOver);
        Assert.Equal([person], (await RecipientsAsync(id, reached: true)).Select(r => r.Party));

        (string, string)[] update = [("Update.Words", "It is being painted."), ("Update.Confidence", "Likely"), ("Update.NextWord", "2026-12-04T17:00"), ("Update.Seen", "1")];
        Assert.Equal(HttpStatusCode.Found, (await me.SubmitAsync(path, "update", update)).StatusCode);
        // The same form again is no other word.
        Assert.Contains("Another word was said in the meantime", WebUtility.HtmlDecode(await (await me.SubmitAsync(path, "update", update)).Content.ReadAsStringAsync(Ct)), StringComparison.Ordinal);
        await TellAsync();
        await BecomesAsync(id, DispatchState.Failed);
        var page = WebUtility.HtmlDecode(await me.GetStringAsync(path, Ct));
        Assert.Contains("It is being painted.", page, StringComparison.Ordinal);
        Assert.Contains($"/record?party={person}&channel=telephone", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await me.SubmitAsync(path, "all-clear", ("AllClear.Words", "It stands at your quay."))).StatusCode);
        Assert.Contains("The paged crane comes later", WebUtility.HtmlDecode(await me.GetStringAsync("/notices?part=over", Ct)), StringComparison.Ordinal);

        // Who only reads sees all of it, and no form.
        var reader = WebUtility.HtmlDecode(await (await Rapport.SignedInAsync(Roles.Reader)).GetStringAsync(path, Ct));
        Assert.Contains("It stands at your quay.", reader, StringComparison.Ordinal);
        Assert.DoesNotContain("Give the next word", reader, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_the_customers_list_a_heads_up_begins_with_the_same_filter()
    {
        var (me, owner) = (await Rapport.SignedInAsync(Roles.Owner), await MeAsync());
        await BoxAsync();
        await CustomerAsync("Listed Example", Tier.A, owner.Id);
        var listed = WebUtility.HtmlDecode(await me.GetStringAsync("/customers?name=&standing=&tier=a&owner=me&pays=false", Ct));
        Assert.Contains("Listed Example", listed, StringComparison.Ordinal);
        var link = $"/notices/new?tier=A&owner={owner.Id}&pays=false";
        Assert.Contains($"href=\"{link}\"", listed, StringComparison.Ordinal);
        var form = await me.GetStringAsync(link, Ct);
        foreach (var (field, value) in new[] { ("Tier", "A"), ("Owner", $"{owner.Id}"), ("Pays", "false") })
            Assert.Matches($"<select[^>]*name=\"Input.Who.{field}\"[^>]*>(?:(?!</select>).)*<option[^>]*value=\"{value}\"[^>]* selected", form.ReplaceLineEndings(" "));

        // Narrowed by what a heads-up cannot be narrowed by, or by nothing, and for those who may not send one, it leads nowhere.
        foreach (var other in new[] { "/customers?tier=a&name=Listed", "/customers?tier=a&kind=organization", "/customers" })
            Assert.DoesNotContain("Tell these", await me.GetStringAsync(other, Ct), StringComparison.Ordinal);
        Assert.DoesNotContain("Tell these", await (await Rapport.SignedInAsync(Roles.Reader)).GetStringAsync("/customers?tier=a", Ct), StringComparison.Ordinal);
    }

    private static IEnumerable<KeyValuePair<string, string>> Fields(string html) =>
        from System.Text.RegularExpressions.Match hidden in System.Text.RegularExpressions.Regex.Matches(html[html.IndexOf("The mail", StringComparison.Ordinal)..], "<input[^>]*type=\"hidden\"[^>]*>")
        let name = System.Text.RegularExpressions.Regex.Match(hidden.Value, "\\bname=\"([^\"]*)\"").Groups[1].Value
        let value = System.Text.RegularExpressions.Regex.Match(hidden.Value, "\\bvalue=\"([^\"]*)\"").Groups[1].Value
        select KeyValuePair.Create(WebUtility.HtmlDecode(name), WebUtility.HtmlDecode(value));
}
