using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Kernel;
using Rapport.Kernel.Database;
using Rapport.Kernel.Jobs;

namespace Rapport.Tests.Architecture;

/// <summary>What the compiler does not guard by itself.</summary>
public partial class HouseTests(RapportFixture rapport) : ProductTests(rapport)
{
    private static readonly string[] Floors =
        ["Rapport.Kernel", "Rapport.Design", "Rapport.Members", "Rapport.Customers", "Rapport.Channels", "Rapport.Conversations", "Rapport.Commitments", "Rapport.Updates", "Rapport.Webhooks", "Rapport.Dialogue", "rapport"];

    [Fact]
    public void Each_floor_stands_only_on_those_beneath_it()
    {
        var assemblies = Floors.Select(System.Reflection.Assembly.Load).ToList();
        for (var floor = 0; floor < assemblies.Count; floor++)
        {
            var above = Floors[(floor + 1)..];
            Assert.DoesNotContain(assemblies[floor].GetReferencedAssemblies(), used => above.Contains(used.Name));
        }
    }

    [Fact]
    public async Task No_table_has_changed_without_a_migration()
    {
        Assert.False(await Rapport.InDatabaseAsync(db => Task.FromResult(db.Database.HasPendingModelChanges())), "Run bin/migration NAME.");
        Assert.Empty(await Rapport.InDatabaseAsync(db => db.Database.GetPendingMigrationsAsync(Ct)));
    }

    [Fact]
    public void Every_job_is_registered_and_comes_round()
    {
        var jobs = Floors.Select(System.Reflection.Assembly.Load).SelectMany(a => a.GetTypes()).Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IJob).IsAssignableFrom(t)).ToHashSet();
        var registered = Rapport.Services.GetServices<JobSchedule>().Select(s => s.Job).ToHashSet();
        Assert.NotEmpty(jobs);
        Assert.Equal(jobs.Select(j => j.Name).Order(), registered.Select(j => j.Name).Order());
    }

    [Fact]
    public void No_file_outgrows_three_hundred_lines()
    {
        var files = Sources().ToList();
        Assert.True(files.Count > 100, "The sources were not found.");
        var outgrown = files.Select(f => (Name: Path.GetFileName(f), Lines: File.ReadLines(f).Count())).Where(f => f.Lines > (f.Name.EndsWith(".razor", StringComparison.Ordinal) ? 150 : 300)).ToList();
        Assert.True(outgrown.Count == 0, string.Join(", ", outgrown));
    }

    [Fact]
    public void No_line_is_longer_than_a_reader_can_follow()
    {
        // Tables of the words of many languages: each line is one kind in one of them.
        string[] tables = ["AskWords.cs", "BounceWords.cs", "ColumnWords.cs"];
        var files = Sources().Where(f => f.Contains($"{Path.DirectorySeparatorChar}src{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).ToList();
        var endless = files.Where(f => File.ReadLines(f).Any(line => line.Length > 400)).Select(f => Path.GetFileName(f));
        Assert.Equal(tables, endless.Order());
    }

    [Fact]
    public void Names_say_the_deed_and_not_the_drawer()
    {
        string[] drawers = ["Service", "Manager", "Helper", "Helpers", "Util", "Utils", "Processor", "Dto", "Impl"];
        var types = Floors.Select(System.Reflection.Assembly.Load).SelectMany(a => a.GetTypes()).Where(t => !t.Name.Contains('<')).ToList();
        Assert.NotEmpty(types);
        Assert.DoesNotContain(types, t => t.Namespace?.StartsWith("Rapport", StringComparison.Ordinal) == true && drawers.Any(d => t.Name.EndsWith(d, StringComparison.Ordinal)));
    }

    // The compiler refuses what BannedSymbols.txt names; only where ids come from is it told to look away.
    [Fact]
    public void Nobody_looks_past_the_banned_clocks_and_ids()
    {
        var files = Sources().Where(f => f.Contains($"{Path.DirectorySeparatorChar}src{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).ToList();
        var excused = files.Where(f => File.ReadAllText(f).Contains("RS0030", StringComparison.Ordinal)).Select(Path.GetFileName);
        Assert.Equal(["Ids.cs"], excused);
    }

    // Programs go by them, and they stay: a thing, a dot, and what is wrong with it.
    [Fact]
    public void Every_code_that_programs_are_told_is_written_one_way()
    {
        var files = Sources().Where(f => f.Contains($"{Path.DirectorySeparatorChar}src{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Select(File.ReadAllText).ToList();
        var codes = files.SelectMany(text => SaidCode().Matches(text)).Select(m => m.Groups[1].Value).Where(code => code != "string code").ToList();
        Assert.True(codes.Count > 300, "The refusals were not found.");
        // The rules of passwords are ours; they come back by way of the framework.
        Assert.Equal(["error.Code"], codes.Where(code => !code.EndsWith('"')));
        Assert.DoesNotContain(codes.Where(code => code.EndsWith('"')).Select(code => Hole().Replace(code.TrimStart('$').Trim('"'), "x")), code => !Code().IsMatch(code));
        var things = files.SelectMany(text => MissingThing().Matches(text)).Select(m => m.Groups[1].Value).ToList();
        Assert.True(things.Count > 100, "What may be missing was not found.");
        Assert.DoesNotContain(things, thing => thing.Contains('-', StringComparison.Ordinal) || !Code().IsMatch(Refusal.Missing(thing).Code));
    }

    [GeneratedRegex("""(?:Refusal\.(?:Invalid|Conflict|Stale|Forbidden)\(\s*|new(?: WentWrong)?\([\w.]*[sS]tatus[\w.]*, "[^"]*", )(\$?"[^"]*"|[^,()]*)""")]
    private static partial Regex SaidCode();

    [GeneratedRegex("""Refusal\.Missing\("([^"]*)"\)""")]
    private static partial Regex MissingThing();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex("^[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*$")]
    private static partial Regex Code();

    // What was refused is not saved: whoever lets go of that says so with a discard, and why.
    [Fact]
    public void Nobody_overlooks_that_a_save_was_refused()
    {
        var files = Sources().Where(f => f.Contains($"{Path.DirectorySeparatorChar}src{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).ToList();
        Assert.True(files.Sum(f => Saved().Count(File.ReadAllText(f))) > 100, "What saves was not found.");
        Assert.DoesNotContain(files, f => Overlooked().IsMatch(File.ReadAllText(f)));
    }

    [GeneratedRegex(@"\bawait (db|settle)\.SaveAsync\(")]
    private static partial Regex Saved();

    [GeneratedRegex(@"^\s*(if \(.*\) |else )?await (db|settle)\.SaveAsync\(", RegexOptions.Multiline)]
    private static partial Regex Overlooked();

    // Whoever reads "(V10)" finds what that is.
    [Fact]
    public void Every_rule_that_is_named_stands_in_the_rules()
    {
        var written = RuleMark().Matches(File.ReadAllText(Path.Combine(Root, "docs", "rules.md"))).Select(m => m.Groups[1].Value).ToHashSet();
        Assert.True(written.Count > 30, "The rules were not found.");
        var documents = Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(Path.Combine(Root, "src"), "README.md", SearchOption.AllDirectories));
        var named = Sources().Concat(documents).SelectMany(f => NamedRules().Matches(File.ReadAllText(f)).SelectMany(m => RuleId().Matches(m.Value))).Select(m => m.Value).ToHashSet();
        Assert.Empty(named.Except(written));
    }

    [GeneratedRegex(@"^- \*\*([A-Z]\d+)\*\* ", RegexOptions.Multiline)]
    private static partial Regex RuleMark();

    [GeneratedRegex(@"\([CDIKPUV]\d{1,2}\b[^()]*\)")]
    private static partial Regex NamedRules();

    [GeneratedRegex(@"\b[CDIKPUV]\d{1,2}\b")]
    private static partial Regex RuleId();

    private static string Root
    {
        get
        {
            var root = new DirectoryInfo(AppContext.BaseDirectory);
            while (root is not null && !File.Exists(Path.Combine(root.FullName, "Rapport.slnx"))) root = root.Parent;
            return root?.FullName ?? throw new InvalidOperationException("The sources are not above the tests.");
        }
    }

    private static IEnumerable<string> Sources()
    {
        return new[] { "src", "tests", "bench" }.SelectMany(d => Directory.EnumerateFiles(Path.Combine(Root, d), "*", SearchOption.AllDirectories))
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}") && !f.Contains($"{Path.DirectorySeparatorChar}Migrations{Path.DirectorySeparatorChar}"));
    }
}
