using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Happenings;
using Rapport.Members;

namespace Rapport.Tests.Members;

/// <summary>What administrators see of what goes on beneath.</summary>
public sealed class WorkPageTests(RapportFixture rapport) : ProductTests(rapport)
{
    [Fact]
    public async Task The_journal_shows_who_changed_what_before_and_after_and_only_one_subject_or_member_when_asked()
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        var reader = await Rapport.ActorAsync(Roles.Reader);
        await owner.SubmitAsync($"/members/{reader.Id}", "roles", ("Input.Roles", "Member"), ("Input.Roles", "Reader"));
        var all = await owner.GetStringAsync("/settings/journal", Ct);
        Assert.Contains("Ada Harbour", all);
        Assert.Contains("signed in", all);
        var theirs = await owner.GetStringAsync($"/settings/journal?subject=members/{reader.Id}", Ct);
        Assert.Matches("(?s)roles:.*<del>reader</del>.*<ins>reader, member</ins>", theirs);
        Assert.DoesNotContain("signed in", theirs);
        Assert.DoesNotContain("passwordHash", theirs);

        Assert.Contains("<option value=\"" + reader.Id, all);
        Assert.DoesNotContain("signed in", await owner.GetStringAsync($"/settings/journal?by={reader.Id}", Ct));
        Assert.Contains("signed in", await owner.GetStringAsync($"/settings/journal?by={(await Rapport.ActorAsync(Roles.Owner)).Id}", Ct));
        var readers = JsonElement.Parse(await owner.GetStringAsync($"/api/journal?by={reader.Id}", Ct)).GetProperty("items").EnumerateArray().Select(line => line.GetProperty("by").GetString()).ToList();
        Assert.NotEmpty(readers);
        Assert.All(readers, name => Assert.Equal(reader.Name, name));

        var first = JsonElement.Parse(await owner.GetStringAsync($"/api/journal?subject=members/{reader.Id}&size=1", Ct));
        var second = JsonElement.Parse(await owner.GetStringAsync($"/api/journal?subject=members/{reader.Id}&size=1&after={first.GetProperty("next").GetString()}", Ct));
        Assert.Equal(("changed", "added"), (first.GetProperty("items")[0].GetProperty("deed").GetString(), second.GetProperty("items")[0].GetProperty("deed").GetString()));
    }

    [Fact]
    public async Task The_journal_names_what_it_speaks_of_and_leaves_the_ids_of_what_is_gone()
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        var made = JsonElement.Parse(await (await owner.PostAsJsonAsync("/api/parties/persons", new { name = "Jonna Named", contactPoints = new[] { new { kind = "email", given = "jonna@named.example" } } }, Ct)).Content.ReadAsStringAsync(Ct));
        var person = made.GetProperty("id").GetString()!;
        var point = JsonElement.Parse(await owner.GetStringAsync($"/api/parties/{person}", Ct)).GetProperty("contactPoints")[0].GetProperty("id").GetString()!;
        var before = await owner.GetStringAsync("/settings/journal", Ct);
        Assert.Contains($"<a href=\"/parties/{person}\" title=\"{person}\">Jonna Named</a>", before, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"/parties/{person}\" title=\"{point}\">jonna@named.example</a>", before, StringComparison.Ordinal);

        Assert.True((await owner.DeleteAsync($"/api/parties/{person}/contact-points/{point}", Ct)).IsSuccessStatusCode);
        var after = await owner.GetStringAsync("/settings/journal", Ct);
        Assert.DoesNotContain($"title=\"{point}\"", after, StringComparison.Ordinal);
        Assert.Contains($"contact_points/{point}</a>", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_show_how_they_went_and_what_could_not_be_told_is_tried_again_by_a_button()
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        await Rapport.RunJobsAsync();
        Assert.Contains("Everything that happened was told", await owner.GetStringAsync("/settings/work", Ct));
        Assert.Contains("Deliver happenings", await owner.GetStringAsync("/settings/work", Ct));
        await Rapport.InDatabaseAsync(async db =>
        {
            db.Happened(new InstallationChanged(), await Rapport.ActorAsync(Roles.Owner));
            db.Happened(new RapportSetUp((await Rapport.ActorAsync(Roles.Owner)).Id), await Rapport.ActorAsync(Roles.Owner));
            await db.SaveAsync(await Rapport.ActorAsync(Roles.Owner), Ct);
            var now = Rapport.Clock.GetUtcNow();
            return await db.Set<HappeningRow>().ExecuteUpdateAsync(s => s.SetProperty(h => h.DeadAt, now).SetProperty(h => h.Failure, "The line is cut."), Ct);
        });
        var page = await owner.GetStringAsync("/settings/work", Ct);
        Assert.Contains("The line is cut.", page);
        var letter = JsonElement.Parse(await owner.GetStringAsync("/api/dead-letters", Ct))[0].GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.Found, (await owner.SubmitAsync("/settings/work", $"/do/dead-letters/{letter}/retry")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await owner.PutAsync("/api/dead-letters/retried", null, Ct)).StatusCode);
        Assert.Equal("[]", await owner.GetStringAsync("/api/dead-letters", Ct));
        Assert.Equal(HttpStatusCode.NotFound, (await owner.PutAsync($"/api/dead-letters/{letter}/retried", null, Ct)).StatusCode);
    }

    [Theory]
    [InlineData("/settings/journal")]
    [InlineData("/settings/work")]
    [InlineData("/api/journal")]
    [InlineData("/api/jobs")]
    [InlineData("/api/dead-letters")]
    public async Task They_are_for_administrators_alone(string path)
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await (await Rapport.SignedInAsync(Roles.Manager)).GetAsync(path, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await (await Rapport.SignedInAsync(Roles.Administrator)).GetAsync(path, Ct)).StatusCode);
    }
}
