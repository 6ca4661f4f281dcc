using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Rapport.Tests.Cli;

/// <summary>Disks that are full or may not be written to, met by the real program: one sentence and an exit code, nothing half written, and it goes on by itself when there is space again.</summary>
[TakesLong]
public sealed class DiskTests : IDisposable
{
    private readonly RealProgram rapport = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => rapport.Dispose();

    [Fact]
    public async Task A_disk_too_small_to_begin_on_is_one_sentence()
    {
        using var disk = new SmallDisk(kilobytes: 256);
        rapport.Folder = disk.Folder;
        Assert.Contains("full", await rapport.RefusedAsync(1, "serve", "--urls", "http://127.0.0.1:0"));
    }

    [Fact]
    public async Task A_disk_that_fills_up_is_said_on_the_page_and_work_goes_on_when_there_is_space_again()
    {
        using var disk = new SmallDisk(kilobytes: 24 * 1024);
        rapport.Folder = disk.Folder;
        var (browser, said) = await rapport.ServeAsync();
        using var _ = browser;
        var link = RealProgram.LinkIn(said);
        Assert.Equal(HttpStatusCode.Found, (await RealProgram.SetUpAsync(browser, link, "Harbourline Example")).StatusCode);
        var opened = await browser.PostAsJsonAsync("/api/mailboxes", new { name = "Ada" }, Ct);
        var mails = $"/api/mailboxes/{JsonElement.Parse(await opened.Content.ReadAsStringAsync(Ct)).GetProperty("id").GetString()}/mails";
        disk.Fill();
        var full = await browser.PostAsync(mails, LargeMail(), Ct);
        var problem = await full.Content.ReadAsStringAsync(Ct);
        Assert.True(full.StatusCode == HttpStatusCode.ServiceUnavailable, $"{full.StatusCode}: {problem}");
        Assert.Contains("The disk is full.", problem);
        Assert.DoesNotContain(disk.Folder, problem);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/settings", Ct)).StatusCode);

        disk.Free();
        Assert.True((await browser.PostAsync(mails, LargeMail(), Ct)).IsSuccessStatusCode);
        await RealProgram.UntilAsync(browser, HttpStatusCode.OK, "Healthy");
        Assert.Contains("The journal is whole", (await rapport.RunAsync("journal", "verify")).Output);
    }

    // Six megabytes that do not shrink: more than the database's log has room for.
    private static ByteArrayContent LargeMail()
    {
        var file = new byte[4 * 1024 * 1024];
        new Random(1).NextBytes(file);
        var content = new ByteArrayContent(Encoding.ASCII.GetBytes($"From: Cy Example <cy@quay.example>\r\nTo: ada@harbourline.example\r\nSubject: Plans\r\nMIME-Version: 1.0\r\nContent-Type: application/octet-stream; name=plans.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(file, Base64FormattingOptions.InsertLineBreaks)}"));
        content.Headers.ContentType = new("message/rfc822");
        return content;
    }

    [Fact]
    public async Task A_read_only_disk_is_one_sentence()
    {
        using var disk = new SmallDisk(kilobytes: 24 * 1024);
        rapport.Folder = Path.Combine(disk.Folder, "data");
        Assert.Equal(0, (await rapport.RunAsync("member", "list")).Code);
        disk.MakeReadOnly();
        Assert.Contains("read-only", await rapport.RefusedAsync(1, "member", "add", "ben@harbourline.example"));
        rapport.Folder = Path.Combine(disk.Folder, "other");
        Assert.Contains("RAPPORT_DATA", await rapport.RefusedAsync(1, "member", "list"));
    }
}
