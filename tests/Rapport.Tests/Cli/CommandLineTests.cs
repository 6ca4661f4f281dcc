using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Rapport.Cli;

namespace Rapport.Tests.Cli;

/// <summary>The real program, as a shell runs it, in a data folder of its own.</summary>
[TakesLong]
public sealed partial class CommandLineTests : IDisposable
{
    private readonly RealProgram rapport = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_verb_it_helps_and_with_a_wrong_one_it_says_so_in_a_line()
    {
        var help = await rapport.RunAsync();
        Assert.Equal(0, help.Code);
        Assert.Contains("serve", help.Output);
        var wrong = await rapport.RunAsync("nonsense");
        Assert.Equal((2, "'rapport' does not know 'nonsense'. 'rapport --help' says more."), (wrong.Code, wrong.Error.Trim()));
        Assert.Equal(2, (await rapport.RunAsync("member", "add", "ben@harbourline.example", "--role", "king")).Code);
    }

    [Fact]
    public async Task Members_and_the_journal_are_worked_from_the_shell()
    {
        var invited = await rapport.RunAsync("member", "add", "ben@harbourline.example", "--role", "manager");
        Assert.Equal(0, invited.Code);
        Assert.Matches("/join/[\\w-]{43}", invited.Output);
        var nobodyYet = await rapport.RunAsync("member", "list");
        Assert.Equal((0, ""), (nobodyYet.Code, nobodyYet.Output));
        var nobody = await rapport.RunAsync("member", "reset", "nobody@harbourline.example");
        Assert.Equal(1, nobody.Code);
        RealProgram.OneSentence(nobody.Error);
        Assert.Contains("The journal is whole: 1 lines", (await rapport.RunAsync("journal", "verify")).Output);
        Assert.Equal(0, (await rapport.RunAsync("migrate", "--unlock")).Code);
    }

    [Theory]
    [InlineData("RAPPORT_DATABASE", "nonsense", 2)]
    [InlineData("RAPPORT_DATABASE", "Host=127.0.0.1;Port=1;Username=x;Timeout=2", 1)]
    public async Task A_wrong_address_is_one_sentence(string name, string value, int code)
    {
        rapport.Settings[name] = value;
        var failed = await rapport.RunAsync("member", "list");
        Assert.Equal(code, failed.Code);
        RealProgram.OneSentence(failed.Error);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_one_sentence()
    {
        await File.WriteAllTextAsync(rapport.File, new string('x', 9000), Ct);
        var failed = await rapport.RunAsync("serve", "--urls", "http://127.0.0.1:0");
        Assert.Equal(1, failed.Code);
        RealProgram.OneSentence(failed.Error);
    }

    [Fact]
    public async Task A_port_in_use_is_one_sentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var failed = await rapport.RunAsync("serve", "--urls", $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");
        Assert.Equal(1, failed.Code);
        Assert.Contains("listens on", failed.Error);
        RealProgram.OneSentence(failed.Error);
    }

    [Fact]
    public async Task Serving_prints_the_address_and_on_the_first_run_the_link()
    {
        var (browser, said) = await rapport.ServeAsync();
        using var _ = browser;
        var link = Regex.Match(said[^1], "^Open this link .*http://127.0.0.1:\\d+(/welcome/[\\w-]{43})").Groups[1].Value;
        Assert.Contains("Your organisation", await browser.GetStringAsync(link, Ct));
    }

    [Fact]
    public async Task What_is_stopped_says_so()
    {
        var before = Environment.GetEnvironmentVariable("RAPPORT_DATA");
        Environment.SetEnvironmentVariable("RAPPORT_DATA", rapport.Folder);
        try
        {
            var (output, error) = (new StringWriter(), new StringWriter());
            Assert.Equal(CommandLine.Failed, await CommandLine.RunAsync(["journal", "verify"], output, error, new CancellationToken(canceled: true)));
            Assert.Equal("It was stopped before it was done. The same command begins again.", error.ToString().Trim());
        }
        finally
        {
            Environment.SetEnvironmentVariable("RAPPORT_DATA", before);
        }
    }

    [Fact]
    public async Task Every_verb_says_what_it_does_and_what_each_of_its_options_is()
    {
        var verbs = new Queue<string[]>([[]]);
        var seen = 0;
        while (verbs.TryDequeue(out var verb))
        {
            var (output, error) = (new StringWriter(), new StringWriter());
            Assert.Equal(0, await CommandLine.RunAsync([.. verb, "--help"], output, error, Ct));
            var help = output.ToString();
            Assert.True(Regex.IsMatch(help, "^Description:\\s+\\S.*[.:]", RegexOptions.Multiline), $"{string.Join(' ', verb)} does not say what it does: {help}");
            var silent = Regex.Matches(help, "^  (?:-|<)(?:(?!  ).)*$", RegexOptions.Multiline).Select(m => m.Value.Trim()).ToList();
            Assert.True(silent.Count == 0, $"{string.Join(' ', verb)} does not explain {string.Join(", ", silent)}");
            if (Regex.Match(help, "Commands:\n(.*?)(\n\n|$)", RegexOptions.Singleline) is { Success: true } commands)
                foreach (Match name in Regex.Matches(commands.Groups[1].Value, "^  (\\w[\\w-]*)", RegexOptions.Multiline)) verbs.Enqueue([.. verb, name.Groups[1].Value]);
            seen++;
        }
        Assert.True(seen > 15, $"Only {seen} verbs were found.");
    }

    [Fact]
    public async Task It_says_its_version_and_does_not_do_what_it_does_not_understand()
    {
        Assert.Matches("^\\d+\\.\\d+\\.\\d+", (await rapport.RunAsync("--version")).Output.Trim());
        Assert.Contains("'rapport member' does not know 'expel'", await rapport.RefusedAsync(2, "member", "expel"));
        Assert.Contains("--sideways", await rapport.RefusedAsync(2, "serve", "--sideways"));
        Assert.Contains("rapport token create --help", await rapport.RefusedAsync(2, "token", "create"));
        Assert.Contains("cannot listen on nonsense", await rapport.RefusedAsync(2, "serve", "--urls", "nonsense"));
    }

    [Fact]
    public async Task The_address_comes_from_the_option_else_from_the_environment()
    {
        var port = FreePort();
        rapport.Settings["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        var (fromOption, _) = await rapport.ServeAsync("--urls", "http://127.0.0.1:0");
        Assert.NotEqual(port, fromOption.BaseAddress!.Port);
        var (fromEnvironment, _) = await rapport.ServeAsync("");
        Assert.Equal(port, fromEnvironment.BaseAddress!.Port);
        Assert.Equal("Healthy", await fromEnvironment.GetStringAsync("/health/ready", Ct));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose() => rapport.Dispose();
}
