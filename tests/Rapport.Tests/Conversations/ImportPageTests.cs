using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Customers.Import;
using Rapport.Kernel.Database;
using Rapport.Members;
using Rapport.Tests.Customers.Import;

namespace Rapport.Tests.Conversations;

public sealed class ImportPageTests(RapportFixture rapport) : ProductTests(rapport)
{
    private const string Mbox = "From lena@hafenwerk.example Mon Nov 16 09:00:00 2026\nFrom: Lena Brandt <lena@hafenwerk.example>\nTo: owner@harbourline.example\nDate: Mon, 16 Nov 2026 09:00:00 +0100\nMessage-ID: <one@hafenwerk.example>\nSubject: The crane\n\nCan we move the crane?\n\n"
        + "From owner@harbourline.example Mon Nov 16 10:00:00 2026\nFrom: owner@harbourline.example\nTo: Lena Brandt <lena@hafenwerk.example>\nDate: Mon, 16 Nov 2026 10:00:00 +0100\nMessage-ID: <two@harbourline.example>\nIn-Reply-To: <one@hafenwerk.example>\nSubject: Re: The crane\n\nYes.\n\n";

    [Fact]
    public async Task A_mailbox_is_imported_for_its_importer_alone_and_again_changes_nothing()
    {
        var client = await Rapport.TokenClientAsync(TokenScope.Write);
        var first = await ImportAsync(client, "mail.mbox", Mbox);
        Assert.Equal(("done", 2, 2, 1), (first.GetProperty("state").GetString(), Count(first, "read"), Count(first, "created"), Count(first, "conversations")));
        var mailbox = await Rapport.InDatabaseAsync(db => db.Set<Mailbox>().SingleAsync(m => m.Name == "mail.mbox"));
        Assert.Equal(((await Rapport.ActorAsync(Roles.Owner)).Id, Visibility.Owner), (mailbox.Owner, mailbox.Visibility));

        var again = await ImportAsync(client, "mail.mbox", Mbox);
        Assert.Equal((0, 2), (Count(again, "created"), Count(again, "skipped")));
        var other = await Rapport.ActorAsync(Roles.Member);
        Assert.Equal(0, await Rapport.InDatabaseAsync(db => db.ConversationsFor(other).CountAsync(c => c.Subject == "The crane")));
        Assert.Equal(1, await Rapport.InDatabaseAsync(async db => await db.ConversationsFor(await Rapport.ActorAsync(Roles.Owner)).CountAsync(c => c.Subject == "The crane")));
    }

    [Fact]
    public async Task A_killed_import_of_mail_goes_on_behind_the_last_mail_that_was_stored()
    {
        using var bench = new ImportBench(Rapport);
        var done = await bench.RunAsync(bench.File(Mbox.Replace("crane", "barge", StringComparison.Ordinal).Replace("one@", "three@", StringComparison.Ordinal).Replace("two@", "four@", StringComparison.Ordinal), "resumed.mbox"));
        var id = done.Id;
        // As if it had been killed after its last batch and before its end.
        await Rapport.InDatabaseAsync(db => db.Set<ImportRun>().Where(r => r.Id == id).ExecuteUpdateAsync(s => s.SetProperty(r => r.State, ImportState.Running).SetProperty(r => r.HeldUntil, (DateTimeOffset?)null)));
        await Rapport.RunJobsAsync();
        var run = await Rapport.InDatabaseAsync(db => db.Set<ImportRun>().SingleAsync(r => r.Id == id));
        Assert.Equal((ImportState.Done, 2, 2), (run.State, run.Counts.Read, run.Counts.Created));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\u0001\u0002binary\0\0\u0004")]
    [InlineData("PK\u0003\u0004 cut off")]
    [InlineData("%PDF-1.7")]
    public async Task What_cannot_be_read_is_one_sentence_under_every_ending(string content)
    {
        var client = await Rapport.TokenClientAsync(TokenScope.Write);
        foreach (var name in new[] { "x.csv", "x.xlsx", "x.vcf", "x.mbox", "x.eml", "x" })
        {
            var answer = await UploadAsync(client, name, content);
            Assert.True(answer.StatusCode == HttpStatusCode.UnprocessableEntity, $"{name}: {answer.StatusCode}");
            var said = (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("detail").GetString()!;
            Assert.True(said.StartsWith(name + ":", StringComparison.Ordinal) && said.EndsWith('.'), said);
        }
    }

    [Fact]
    public async Task The_page_shows_what_will_happen_starts_it_and_gives_the_errors_back()
    {
        var client = await Rapport.TokenClientAsync(TokenScope.Write);
        var made = await (await UploadAsync(client, "page.csv", "Name,E-mail,Tier\nPage One,page.one@example.com,A\nPage Two,nothing,=1\n")).Content.ReadFromJsonAsync<JsonElement>(Ct);
        var (id, browser) = (made.GetProperty("id").GetGuid(), await Rapport.SignedInAsync(Roles.Owner));
        Assert.Contains("It will give: 2 rows read, 2 new", await browser.GetStringAsync($"/import/{id}", Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await client.PutAsync($"/api/imports/{id}/started", null, Ct)).StatusCode);
        await Rapport.RunJobsAsync();
        Assert.Contains("Rows that need you", await browser.GetStringAsync($"/import/{id}", Ct), StringComparison.Ordinal);
        Assert.Contains("Page Two,nothing,'=1,", await client.GetStringAsync($"/api/imports/{id}/errors", Ct), StringComparison.Ordinal);
        Assert.Contains("page.csv", await browser.GetStringAsync("/import", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_whole_way_from_upload_to_undo_works_without_scripts_and_a_corrected_column_is_remembered()
    {
        var browser = await Rapport.SignedInAsync(Roles.Owner);
        const string Csv = "Who,Firm,Where to write,Remark\nForm One,Formhaus,form.one@formhaus.example,Likes tea\nForm Two,Formhaus,,\n";
        var page = await UploadFormAsync(browser, "forms.csv", Csv);
        var preview = await browser.GetStringAsync(page, Ct);
        Assert.Contains("<select class=\"input select\" id=\"column-3\"", preview, StringComparison.Ordinal);

        await StartAsync(browser, page, ("column-0", "FullName"), ("column-1", "Organization"), ("column-2", "Email"), ("column-3", "Ignore"), ("then", "look"));
        Assert.Contains("2 rows read, 2 new", await browser.GetStringAsync(page, Ct), StringComparison.Ordinal);
        await StartAsync(browser, page, ("column-3", "Note"), ("then", "start"));
        Assert.Contains("http-equiv=\"refresh\"", await browser.GetStringAsync(page, Ct), StringComparison.Ordinal);
        await Rapport.RunJobsAsync();
        Assert.Contains("Done: 2 rows read, 2 new", await browser.GetStringAsync(page, Ct), StringComparison.Ordinal);
        Assert.Equal("Likes tea", await Rapport.InDatabaseAsync(db => db.Persons().Where(p => p.Name == "Form One").Select(p => p.Note).SingleAsync(Ct)));

        var again = await browser.GetStringAsync(await UploadFormAsync(browser, "again.csv", Csv), Ct);
        Assert.Contains("chosen by you", again, StringComparison.Ordinal);
        Assert.Contains("2 already here", again, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Found, (await browser.SubmitAsync(page, $"/do{page.Replace("/import/", "/imports/", StringComparison.Ordinal)}/undo")).StatusCode);
        await Rapport.RunJobsAsync();
        Assert.Contains("Undone", await browser.GetStringAsync(page, Ct), StringComparison.Ordinal);
        Assert.False(await Rapport.InDatabaseAsync(db => db.Persons().AnyAsync(p => p.Name.StartsWith("Form "), Ct)));
    }

    [Fact]
    public async Task Undoing_is_offered_for_thirty_days_and_then_no_more()
    {
        var browser = await Rapport.SignedInAsync(Roles.Owner);
        var page = await UploadFormAsync(browser, "old.csv", "Name\nOld Form\n");
        await StartAsync(browser, page, ("then", "start"));
        await Rapport.RunJobsAsync();
        Assert.Contains("Undo this import", await browser.GetStringAsync(page, Ct), StringComparison.Ordinal);
        var (id, then) = (new ImportId(Guid.Parse(page["/import/".Length..])), Rapport.Clock.GetUtcNow().AddDays(-31));
        await Rapport.InDatabaseAsync(db => db.Set<ImportRun>().Where(r => r.Id == id).ExecuteUpdateAsync(s => s.SetProperty(r => r.At, then), Ct));
        Assert.DoesNotContain("Undo this import", await browser.GetStringAsync(page, Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fifty_megabytes_are_uploaded_shown_imported_and_then_no_longer_kept_beside()
    {
        var browser = await Rapport.SignedInAsync(Roles.Owner);
        var csv = new StringBuilder("Name,E-mail,Note\n");
        for (var i = 0; i < 500; i++) csv.Append($"Large {i},large{i}@fifty.example,{new string('x', 105_000)}\n");
        var page = await UploadFormAsync(browser, "fifty.csv", csv.ToString());
        Assert.Contains("500 rows read, 500 new, 0 already here, 500 used but for a part", await browser.GetStringAsync(page, Ct), StringComparison.Ordinal);
        var id = new ImportId(Guid.Parse(page["/import/".Length..]));
        var run = await Rapport.InDatabaseAsync(db => db.Set<ImportRun>().AsNoTracking().SingleAsync(r => r.Id == id, Ct));
        Assert.True(File.Exists(run.Files[0].Path));
        await StartAsync(browser, page, ("then", "start"));
        await Rapport.RunJobsAsync();
        Assert.Contains("The note would become longer than", await browser.GetStringAsync(page, Ct), StringComparison.Ordinal);
        Assert.False(File.Exists(run.Files[0].Path));
    }

    [Fact]
    public async Task More_files_than_an_import_takes_are_refused_and_none_is_left_out_without_a_word()
    {
        var form = new MultipartFormDataContent();
        for (var i = 0; i <= Importers.MostFiles; i++) form.Add(new ByteArrayContent("Name\nMany\n"u8.ToArray()), "files", $"many-{i}.csv");
        var answer = await (await Rapport.TokenClientAsync(TokenScope.Write)).PostAsync("/api/imports", form, Ct);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("import.files", (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_page_says_what_is_wrong_with_a_file_once_and_nothing_that_stands_in_an_address()
    {
        var browser = await Rapport.SignedInAsync(Roles.Owner);
        var refused = await PostFormAsync(browser, "x.csv", "%PDF-1.7");
        Assert.Equal("/import", refused.OriginalString);
        Assert.Contains("x.csv:", await browser.GetStringAsync(refused, Ct), StringComparison.Ordinal);
        Assert.DoesNotContain("x.csv:", await browser.GetStringAsync(refused, Ct), StringComparison.Ordinal);
        Assert.DoesNotContain("Call this number", await browser.GetStringAsync("/import?problem=Call+this+number", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_says_what_columns_hold_before_it_starts_an_import_and_the_preview_follows()
    {
        var client = await Rapport.TokenClientAsync(TokenScope.Write);
        var import = (await UploadAsync(client, "mapped.csv", "Alpha,Beta,Gamma\numa@mapped-api.example,Crane works,Uma Mapped\n")).Headers.Location!.OriginalString;
        Assert.NotEqual("fullName", await KindAsync(2));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "import.column-unknown"), await MapAsync((0, "email"), (3, "fullName")));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "import.mapping"), await MapAsync((0, "note"), (1, "note"), (2, "note")));
        Assert.Equal((HttpStatusCode.NoContent, null), await MapAsync((1, "organization"), (2, "fullName")));
        Assert.Equal(("email", "organization", "fullName"), (await KindAsync(0), await KindAsync(1), await KindAsync(2)));

        Assert.Equal(HttpStatusCode.NoContent, (await client.PutAsync($"{import}/started", null, Ct)).StatusCode);
        Assert.Equal((HttpStatusCode.Conflict, "import.begun"), await MapAsync((2, "note")));
        await Rapport.RunJobsAsync();
        Assert.True(await Rapport.InDatabaseAsync(db => db.Parties().AnyAsync(p => p.Name == "Uma Mapped", Ct)));
        Assert.True(await Rapport.InDatabaseAsync(db => db.Parties().AnyAsync(p => p.Name == "Crane works", Ct)));

        async Task<string?> KindAsync(int column) =>
            (await client.GetFromJsonAsync<JsonElement>($"{import}/preview", Ct)).GetProperty("mapping").GetProperty("columns").EnumerateArray().Single(c => c.GetProperty("index").GetInt32() == column).GetProperty("kind").GetString();

        async Task<(HttpStatusCode, string?)> MapAsync(params (int Index, string Kind)[] columns)
        {
            var answer = await client.PutAsJsonAsync($"{import}/mapping", new { columns = columns.Select(c => new { index = c.Index, kind = c.Kind }) }, Ct);
            return (answer.StatusCode, answer.StatusCode == HttpStatusCode.NoContent ? null : (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString());
        }
    }

    private static async Task<string> UploadFormAsync(HttpClient browser, string name, string content)
    {
        var page = (await PostFormAsync(browser, name, content)).OriginalString;
        Assert.StartsWith("/import/", page, StringComparison.Ordinal);
        return page;
    }

    private static async Task<Uri> PostFormAsync(HttpClient browser, string name, string content)
    {
        var token = Regex.Match(await browser.GetStringAsync("/import", Ct), "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "files", name }, { new StringContent(""), "ours" }, { new StringContent(""), "mailbox" } };
        var answer = await browser.PostAsync("/do/imports", form, Ct);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return answer.Headers.Location!;
    }

    private static async Task StartAsync(HttpClient browser, string page, params (string, string)[] chosen) =>
        Assert.Equal(HttpStatusCode.Found, (await browser.SubmitAsync(page, $"/do{page.Replace("/import/", "/imports/", StringComparison.Ordinal)}/start", chosen)).StatusCode);

    private async Task<JsonElement> ImportAsync(HttpClient client, string name, string content)
    {
        var made = await UploadAsync(client, name, content);
        Assert.True(made.StatusCode == HttpStatusCode.Created, await made.Content.ReadAsStringAsync(Ct));
        Assert.Equal(HttpStatusCode.NoContent, (await client.PutAsync($"{made.Headers.Location}/started", null, Ct)).StatusCode);
        await Rapport.RunJobsAsync();
        return await client.GetFromJsonAsync<JsonElement>(made.Headers.Location, Ct);
    }

    private static Task<HttpResponseMessage> UploadAsync(HttpClient client, string name, string content)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "files", name } };
        return client.PostAsync("/api/imports", form, Ct);
    }

    private static int Count(JsonElement import, string of) => import.GetProperty("counts").GetProperty(of).GetInt32();
}
