using System.CommandLine;
using Rapport.Demo;
using Rapport.Members;

namespace Rapport.Cli;

/// <summary><c>rapport demo</c>: a fictional organisation and a year of life in it.</summary>
internal static class DemoCommand
{
    private const int UsualSeed = 1;

    private sealed record Wish(string? Urls, int Seed, bool Fresh);

    public static Command Build()
    {
        var urls = new Option<string?>("--urls") { Description = "Where to listen, as for 'serve'.", HelpName = "address" };
        var seed = new Option<int>("--seed") { Description = "Another number imagines another year.", DefaultValueFactory = _ => UsualSeed };
        var fresh = new Option<bool>("--fresh") { Description = "Make it anew, also when today's is there already." };
        var command = new Command("demo", "Shows Rapport with a fictional organisation and a year of its life, in a folder of its own (RAPPORT_DATA, else ./data/demo), always on SQLite.") { urls, seed, fresh };
        command.SetAction((parsed, ct) => RunAsync(new(parsed.GetValue(urls), parsed.GetValue(seed), parsed.GetValue(fresh)), parsed.InvocationConfiguration.Output, ct));
        return command;
    }

    private static async Task<int> RunAsync(Wish wish, TextWriter output, CancellationToken ct)
    {
        var path = Environment.GetEnvironmentVariable("RAPPORT_DATA") is { Length: > 0 } given ? given : Path.Combine("data", "demo");
        var folder = new DemoFolder(path);
        if (folder.IsSomebodys) throw new CommandFailedException($"The folder {path} holds an installation that is not a demo; name another one with RAPPORT_DATA, and it stays as it is.");
        var now = TimeProvider.System.GetUtcNow();
        var today = DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);
        var demo = wish.Fresh ? null : folder.Ready(wish.Seed, today);
        if (demo is null)
        {
            folder.Begin(wish.Seed, today);
            var star = await SettleDemo.RunAsync(folder.Address, wish.Seed, now, Progress(output), ct);
            demo = folder.Finish(wish.Seed, today, star);
            await output.WriteLineAsync();
        }
        // Nobody gets mail from a demo: it lands in a folder beside the database.
        Environment.SetEnvironmentVariable("Channels__DeliverTo", Path.Combine(Path.GetFullPath(path), "outgoing"));
        return await ServeCommand.RunAsync(wish.Urls, folder.Address, (services, address, stop) => GreetAsync(services, address, demo.SignsInAs, stop), output, ct);
    }

    private static async Task<string?> GreetAsync(IServiceProvider services, string address, string star, CancellationToken ct)
    {
        var member = await MemberCommands.MemberAsync(services, star, ct);
        var made = await services.GetRequiredService<MakeMemberLink>().SignInAsync(member, Where.CommandLine, ct);
        return made.Succeeded(out var link, out var refusal) ? $"Open this link to be {member.Name} for a while (it works once; start again for another): {address}{link.Path}" : throw CommandFailedException.Of(refusal);
    }

    // One line that is written over on a terminal, and one line a stage elsewhere.
    private static Action<double, string> Progress(TextWriter output)
    {
        var longest = 0;
        return (share, doing) =>
        {
            var line = $"Making the demo: {share * 100,3:0} % {doing}";
            longest = Math.Max(longest, line.Length);
            if (Console.IsOutputRedirected) output.WriteLine(line);
            else output.Write("\r" + line.PadRight(longest));
        };
    }
}
