namespace Rapport.Tests.Cli;

/// <summary>Promises from the shell, with the real program.</summary>
[TakesLong]
public sealed class CommitmentCommandTests : IDisposable
{
    private readonly RealProgram rapport = new();

    public void Dispose() => rapport.Dispose();

    [Fact]
    public async Task A_promise_is_written_down_from_the_shell_and_listed_until_when_it_is_due()
    {
        var (browser, said) = await rapport.ServeAsync();
        using (browser) await RealProgram.SetUpAsync(browser, RealProgram.LinkIn(said), "Harbourline Example");
        var people = Path.Combine(rapport.Folder, "people.csv");
        await File.WriteAllTextAsync(people, "Name,E-mail\nAda Example,ada@example.com\nAda Exampleson,adason@example.com\n", TestContext.Current.CancellationToken);
        Assert.Equal(0, (await rapport.RunAsync("import", people, "--yes")).Code);

        var made = await rapport.RunAsync("commit", "I'll send the drawings by the end of next week", "--to", "Ada Example");
        Assert.True(made.Code == 0, made.Error);
        Assert.Matches("^[0-9a-f-]{36}\\t[A-Z][a-z]+day .*\\tAda Example$", made.Output.Trim());
        Assert.Matches("^[0-9a-f-]{36}\\tno date\\tAda Exampleson$", (await rapport.RunAsync("commit", "I'll send them shortly", "--to", "adason@example.com")).Output.Trim());
        Assert.Equal(0, (await rapport.RunAsync("commit", "Send us the order", "--to", "Ada Example", "--due", "tomorrow", "--theirs")).Code);

        Assert.EndsWith("\tAda Exampleson, Ada Example", (await rapport.RunAsync("commit", "We will come to you both", "--to", "adason@example.com", "--to", "ada@example.com")).Output.Trim(), StringComparison.Ordinal);

        var due = (await rapport.RunAsync("commitments", "due", "--days", "14")).Output.Trim().Split('\n');
        Assert.Matches("^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d\\topen\\t.+\\tI'll send the drawings by the end of next week\\tAda Example\\t[0-9a-f-]{36}$", Assert.Single(due));
        Assert.Contains("Send us the order", (await rapport.RunAsync("commitments", "due", "--theirs")).Output, StringComparison.Ordinal);

        Assert.Contains("Nobody is found by", await rapport.RefusedAsync(2, "commit", "Send it", "--to", "Nobody Anywhere"), StringComparison.Ordinal);
        Assert.Contains("Ada Example, Ada Exampleson", await rapport.RefusedAsync(2, "commit", "Send it", "--to", "Ada"), StringComparison.Ordinal);
        Assert.Contains("say it with --due", await rapport.RefusedAsync(2, "commit", "Send it by 31 February", "--to", "Ada Example"), StringComparison.Ordinal);
    }
}
