using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Members;

namespace Rapport.Tests.Conversations;

/// <summary>Looking at mail: all of it, what lies elsewhere, images within, meetings, seals (V8, V9).</summary>
public sealed class ReadingTests(RapportFixture rapport) : ConversationTests(rapport)
{
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    [Fact]
    public async Task Images_that_lie_elsewhere_are_loaded_when_asked_once_or_always_for_the_sender()
    {
        var (first, second, other) = (await MailAsync("remote-1", "ads@remote.example", Html), await MailAsync("remote-2", "Ads <ADS@remote.example>", Html), await MailAsync("remote-3", "else@remote.example", Html));
        var client = await Rapport.SignedInAsync(Roles.Member);
        Assert.Contains("6 images lie elsewhere and are not loaded", await client.GetStringAsync($"/interactions/{first}/mail", Ct));
        var (blocked, policy) = await FrameAsync(client, $"/interactions/{first}/original?remote=false");
        Assert.DoesNotContain("img.example", blocked);
        Assert.DoesNotContain("https:", policy);

        Assert.Contains($"/interactions/{first}/original?remote=true", await client.GetStringAsync($"/interactions/{first}/mail?remote=true", Ct));
        var (shown, open) = await FrameAsync(client, $"/interactions/{first}/original?remote=true");
        Assert.Contains("https://img.example/logo.png", shown);
        Assert.Contains("https://img.example/plain.png", shown);
        // A mail never reaches into the reader's own network, nor counts its readers by a dot.
        foreach (var never in new[] { "192.168", "router", "[::1]", "dot.gif", "intranet", "<script", "onerror", "style=" }) Assert.DoesNotContain(never, shown);
        Assert.Contains("default-src 'none'", open);
        Assert.Contains("sandbox", open);
        Assert.DoesNotContain("script", open);

        Assert.Equal(HttpStatusCode.Found, (await client.SubmitAsync($"/interactions/{first}/mail", $"/do/interactions/{first}/remote-images", ("always", "true"))).StatusCode);
        Assert.Contains($"/interactions/{second}/original?remote=true", await client.GetStringAsync($"/interactions/{second}/mail", Ct));
        Assert.Contains($"/interactions/{other}/original?remote=false", await client.GetStringAsync($"/interactions/{other}/mail", Ct));
        // It is the choice of one member only.
        var manager = await Rapport.SignedInAsync(Roles.Manager);
        Assert.Contains($"/interactions/{second}/original?remote=false", await manager.GetStringAsync($"/interactions/{second}/mail", Ct));

        Assert.Equal(HttpStatusCode.Found, (await client.SubmitAsync($"/interactions/{second}/mail", $"/do/interactions/{second}/remote-images", ("always", "false"))).StatusCode);
        Assert.Contains($"/interactions/{first}/original?remote=false", await client.GetStringAsync($"/interactions/{first}/mail", Ct));
    }

    [Fact]
    public async Task What_is_loaded_from_elsewhere_is_told_neither_who_reads_nor_where()
    {
        var id = await MailAsync("remote-4", "quiet@remote.example", Html);
        var client = await Rapport.SignedInAsync(Roles.Member);
        using var frame = await client.GetAsync($"/interactions/{id}/original?remote=true", Ct);
        Assert.Equal("no-referrer", string.Join(' ', frame.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("credentialless", string.Join(' ', frame.Headers.GetValues("Cross-Origin-Embedder-Policy")));
        Assert.Contains("referrerpolicy=\"no-referrer\"", await frame.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task An_image_within_a_mail_is_shown_in_its_place()
    {
        var id = await MailAsync("inline-1", "lena@inline.example",
            $"Content-Type: multipart/related; boundary=r\r\n\r\n--r\r\nContent-Type: text/html\r\n\r\n<p>See <img src=\"cid:crane@x\" alt=\"crane\"></p>\r\n--r\r\nContent-Type: image/png; name=crane.png\r\nContent-ID: <crane@x>\r\nContent-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\n{Png}\r\n--r--\r\n");
        var client = await Rapport.SignedInAsync(Roles.Member);
        var (html, _) = await FrameAsync(client, $"/interactions/{id}/original");
        Assert.Contains($"src=\"/interactions/{id}/attachments/0\"", html);
        using var image = await client.GetAsync($"/interactions/{id}/attachments/0", Ct);
        Assert.Equal(("image/png", Convert.FromBase64String(Png).Length), (image.Content.Headers.ContentType?.MediaType, (await image.Content.ReadAsByteArrayAsync(Ct)).Length));
    }

    [Fact]
    public async Task The_page_of_a_mail_has_its_people_its_header_lines_and_its_source()
    {
        var id = await MailAsync("source-1", "lena@source.example", "X-Odd: <b>header</b>\r\nContent-Type: text/plain\r\n\r\nPlain <i>words</i>\r\n");
        var client = await Rapport.SignedInAsync(Roles.Member);
        var page = await client.GetStringAsync($"/interactions/{id}/mail", Ct);
        Assert.Contains("lena@source.example", page);
        Assert.Contains("X-Odd: &lt;b&gt;header&lt;/b&gt;", page);
        Assert.Contains("Plain &lt;i&gt;words&lt;/i&gt;", (await FrameAsync(client, $"/interactions/{id}/original")).Html);
        using var source = await client.GetAsync($"/interactions/{id}/source?look=true", Ct);
        Assert.Equal("text/plain", source.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", string.Join(' ', source.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("X-Odd: <b>header</b>", await source.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task Nobody_looks_at_a_mail_that_is_not_theirs_to_read()
    {
        var box = await MailboxAsync(await Rapport.ActorAsync(Roles.Manager), "Own");
        var id = await MailAsync("own-1", "lena@own.example", Html, box, await Rapport.ActorAsync(Roles.Manager));
        Assert.Contains("lena@own.example", await (await Rapport.SignedInAsync(Roles.Manager)).GetStringAsync($"/interactions/{id}/mail", Ct));
        var client = await Rapport.SignedInAsync(Roles.Member);
        foreach (var path in new[] { $"/interactions/{id}/mail", $"/interactions/{id}/original", $"/interactions/{id}/source", $"/interactions/{id}/move" })
        {
            using var answer = await client.GetAsync(path, Ct);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.DoesNotContain("own.example", await answer.Content.ReadAsStringAsync(Ct));
        }
        Assert.Equal("interaction.missing", (await WithAsync<ShowRemoteImages, Result<string>>(d => d.AlwaysAsync(id, Ben, Ct))).Refusal?.Code);
    }

    [Fact]
    public async Task A_meeting_is_shown_on_the_reader_s_clock()
    {
        var id = await MailAsync("meet-1", "lena@meet.example",
            "Content-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\nContent-Type: text/plain\r\n\r\nLet us walk the quay.\r\n--a\r\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\n"
            + "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:m1\r\nDTSTART;TZID=America/New_York:20261203T080000\r\nDTEND;TZID=America/New_York:20261203T090000\r\nSUMMARY:Quay <walk>\r\nLOCATION:Berth 4\r\nORGANIZER;CN=Lena:mailto:lena@meet.example\r\nATTENDEE;CN=Tom;PARTSTAT=TENTATIVE:mailto:tom@meet.example\r\nATTENDEE;CN=Owner:mailto:owner@harbourline.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n--a--\r\n");
        var client = await Rapport.SignedInAsync(Roles.Member);
        var page = await client.GetStringAsync($"/conversations/{(await ConversationOfAsync("meet-1")).Id}", Ct);
        foreach (var word in new[] { "Invitation", "Quay &lt;walk&gt;", "Thu 3 Dec, 14:00 to 15:00", "Berth 4", "Tom (perhaps)" }) Assert.Contains(word, page);
        Assert.Contains("\"what\":\"Quay <walk>\"", await client.GetStringAsync($"/api/interactions/{id}", Ct));

        await Rapport.RunJobsAsync();
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        Assert.Contains("PARTSTAT=ACCEPTED:mailto:owner@harbourline.example", (await owner.GetStringAsync($"/api/interactions/{id}/invitation/answers/accepted", Ct)).Replace("\r\n ", "", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await owner.GetAsync($"/api/interactions/{id}/invitation/answers/gladly", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await client.GetAsync($"/api/interactions/{id}/invitation/answers/accepted", Ct)).StatusCode);
    }

    [Fact]
    public async Task Sealed_mail_is_shown_as_what_it_is()
    {
        await MailAsync("seal-1", "lena@seal.example", "Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nI agree.\r\n--x\r\nContent-Type: application/pgp-signature; name=signature.asc\r\n\r\nAAAA\r\n--x--\r\n");
        await MailAsync("seal-2", "lena@seal.example", "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\nMIAG\r\n");
        var client = await Rapport.SignedInAsync(Roles.Member);
        var signed = await client.GetStringAsync($"/conversations/{(await ConversationOfAsync("seal-1")).Id}", Ct);
        Assert.Contains("I agree.", signed);
        Assert.Contains("signed (PGP), not checked", signed);
        var closed = await client.GetStringAsync($"/conversations/{(await ConversationOfAsync("seal-2")).Id}", Ct);
        Assert.Contains("encrypted (S/MIME): open it in your mail program", closed);
        Assert.Contains("The mail as it came (.eml)", closed);
    }

    private const string Html =
        "Content-Type: text/html\r\n\r\n<p style=\"color:red\">Offer <img src=\"https://img.example/logo.png\" onerror=\"alert(1)\"><img src=\"http://img.example/plain.png\"><img src=\"https://img.example/dot.gif\" width=\"1\" height=\"1\">"
        + "<img src=\"http://192.168.1.1/reboot\"><img src=\"https://router/x.png\"><img src=\"http://[::1]/x.png\"><img src=\"https://wiki.intranet/x.png\"><script>alert(1)</script></p>\r\n";

    private async Task<InteractionId> MailAsync(string id, string from, string rest, MailboxId? box = null, Actor? by = null)
    {
        var reader = by ?? await Rapport.ActorAsync(Roles.Owner);
        var into = box ?? await MailboxAsync(reader, $"Reading {id}", shared: true);
        var raw = Encoding.UTF8.GetBytes($"From: {from}\r\nTo: ada@ours.example\r\nSubject: Reading {id}\r\nDate: Fri, 20 Nov 2026 09:00:00 +0000\r\nMessage-ID: <{id}>\r\nMIME-Version: 1.0\r\n{rest}");
        Assert.True((await WithAsync<TakeMail, Result<MailTaken>>(d => d.RunAsync(into, [new NewMail(id, raw)], reader, Ct))).Succeeded(out _, out _));
        return await Rapport.InDatabaseAsync(db => db.Set<Interaction>().Where(i => i.MessageId == id).Select(i => i.Id).SingleAsync(Ct));
    }

    private static async Task<(string Html, string Policy)> FrameAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadAsStringAsync(Ct), string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")));
    }
}
