using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Data.Sqlite;
using Rapport.Tests.Conversations;

namespace Rapport.Tests.Cli;

/// <summary><c>rapport receive</c> as a mail server's pipe calls it: a mail on standard input, an exit code of sysexits.h.</summary>
[TakesLong]
public sealed class ReceiveTests : IDisposable
{
    private readonly RealProgram rapport = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => rapport.Dispose();

    [Fact]
    public async Task A_mail_from_a_pipe_is_stored_before_success_is_said()
    {
        Assert.Equal(75, (await PipeAsync(Mail("early"), "receive")).Code);
        var (browser, said) = await rapport.ServeAsync();
        using var _ = browser;
        await RealProgram.SetUpAsync(browser, RealProgram.LinkIn(said), "Harbourline Example");
        Assert.Equal(75, (await PipeAsync(Mail("nowhere"), "receive")).Code);
        foreach (var name in new[] { "Sales", "Support" }) Assert.True((await browser.PostAsJsonAsync("/api/mailboxes", new { name, shared = new { with = "everyone" } }, Ct)).IsSuccessStatusCode);

        var several = await PipeAsync(Mail("several"), "receive");
        Assert.Equal(75, several.Code);
        Assert.Contains("Sales, Support", several.Error, StringComparison.Ordinal);
        Assert.Equal(75, (await PipeAsync(Mail("unknown"), "receive", "--mailbox", "Purchase")).Code);
        Assert.Equal(65, (await PipeAsync([], "receive", "--mailbox", "Sales")).Code);
        Assert.Equal(64, (await PipeAsync(Mail("wrong"), "receive", "--malbox", "Sales")).Code);
        rapport.Settings["Channels__LargestMailMegabytes"] = "1";
        Assert.Equal(65, (await PipeAsync(Encoding.ASCII.GetBytes("From: a@example.com\r\n\r\n" + new string('x', 1_100_000)), "receive", "--mailbox", "Sales")).Code);

        var (code, error) = await PipeAsync(Mail("piped"), "receive", "--mailbox", "sales");
        Assert.True(code == 0, error);
        Assert.Equal(0, (await PipeAsync(Mail("piped"), "receive", "--mailbox", "Sales")).Code);
        Assert.Contains("Matter piped", await browser.GetStringAsync("/conversations", Ct), StringComparison.Ordinal);
        Assert.Equal(1L, await CountAsync("SELECT count(*) FROM intakes"));
    }

    [Fact]
    public async Task What_a_colleague_imports_for_themselves_is_not_in_the_way_of_the_mailbox_that_all_share()
    {
        var (browser, said) = await rapport.ServeAsync();
        using var _ = browser;
        await RealProgram.SetUpAsync(browser, RealProgram.LinkIn(said), "Harbourline Example");
        Assert.True((await browser.PostAsJsonAsync("/api/mailboxes", new { name = "Mine" }, Ct)).IsSuccessStatusCode);
        Assert.Equal(0, (await PipeAsync(Mail("only"), "receive")).Code);
        Assert.True((await browser.PostAsJsonAsync("/api/mailboxes", new { name = "Sales", shared = new { with = "everyone" } }, Ct)).IsSuccessStatusCode);
        Assert.Equal(0, (await PipeAsync(Mail("shared"), "receive")).Code);
        Assert.Equal("Sales", await CountAsync("SELECT m.name FROM intakes i JOIN mailboxes m ON m.id = i.mailbox ORDER BY i.id DESC LIMIT 1"));
    }

    [Fact]
    public async Task While_another_program_holds_the_database_the_server_shall_try_again()
    {
        var (browser, said) = await rapport.ServeAsync();
        using var _ = browser;
        await RealProgram.SetUpAsync(browser, RealProgram.LinkIn(said), "Harbourline Example");
        Assert.True((await browser.PostAsJsonAsync("/api/mailboxes", new { name = "Sales" }, Ct)).IsSuccessStatusCode);
        await using (var other = new SqliteConnection($"Data Source={rapport.File};Pooling=false"))
        {
            await other.OpenAsync(Ct);
            await using var hold = other.CreateCommand();
            hold.CommandText = "BEGIN IMMEDIATE";
            await hold.ExecuteNonQueryAsync(Ct);
            var (code, error) = await PipeAsync(Mail("held"), "receive", "--mailbox", "Sales");
            Assert.Equal(75, code);
            RealProgram.OneSentence(error);
        }
        Assert.Equal(0, (await PipeAsync(Mail("held"), "receive", "--mailbox", "Sales")).Code);
    }

    [Fact]
    public async Task On_a_full_disk_the_server_shall_try_again()
    {
        using var disk = new SmallDisk(kilobytes: 24 * 1024);
        rapport.Folder = disk.Folder;
        var (browser, said) = await rapport.ServeAsync();
        using var _ = browser;
        await RealProgram.SetUpAsync(browser, RealProgram.LinkIn(said), "Harbourline Example");
        Assert.True((await browser.PostAsJsonAsync("/api/mailboxes", new { name = "Sales" }, Ct)).IsSuccessStatusCode);
        var file = new byte[4 * 1024 * 1024];
        new Random(1).NextBytes(file);
        var large = Encoding.ASCII.GetBytes($"From: Cy Example <cy@quay.example>\r\nTo: ada@harbourline.example\r\nSubject: Plans\r\nMIME-Version: 1.0\r\nContent-Type: application/octet-stream; name=plans.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(file, Base64FormattingOptions.InsertLineBreaks)}");
        disk.Fill();
        var (code, error) = await PipeAsync(large, "receive");
        Assert.True(code == 75, $"{code}: {error}");
        disk.Free();
        Assert.Equal(0, (await PipeAsync(large, "receive")).Code);
    }

    private static byte[] Mail(string id) => new TestMail(id, "Lena Brandt <lena@hafenwerk.example>", "sales@harbourline.example") { Subject = $"Matter {id}" }.Raw().Bytes.ToArray();

    private async Task<(int Code, string Error)> PipeAsync(byte[] mail, params string[] args)
    {
        using var program = rapport.Start(args, input: true);
        var (output, error) = (program.StandardOutput.ReadToEndAsync(Ct), program.StandardError.ReadToEndAsync(Ct));
        try
        {
            await program.StandardInput.BaseStream.WriteAsync(mail, Ct);
            program.StandardInput.Close();
        }
        catch (IOException)
        {
            // It did not want to read to the end.
        }
        await program.WaitForExitAsync(Ct);
        await output;
        return (program.ExitCode, await error);
    }

    private async Task<object?> CountAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={rapport.File};Pooling=false");
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(Ct);
    }
}
