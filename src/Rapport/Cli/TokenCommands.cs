using System.CommandLine;
using Rapport.Members;

namespace Rapport.Cli;

/// <summary><c>rapport token</c>: keys by which programs act for a member.</summary>
internal static class TokenCommands
{
    public static Command Build() => new("token", "Makes, lists and revokes tokens for the API.") { Create(), List(), Revoke() };

    private static Argument<string> Email() => new("email") { Description = "The member whose token it is." };

    private static Command Create()
    {
        var email = Email();
        var name = new Option<string>("--name") { Description = "What it is for.", Required = true };
        var scope = new Option<TokenScope>("--scope") { Description = "read, or write, which reads too.", DefaultValueFactory = _ => TokenScope.Read };
        var days = new Option<int>("--days") { Description = "How long it works.", DefaultValueFactory = _ => 90 };
        var command = new Command("create", "Makes a token and prints it; it is never shown again.") { email, name, scope, days };
        command.SetAction((parsed, ct) => Where.InDatabaseAsync(async services =>
        {
            var member = await MemberCommands.MemberAsync(services, parsed.GetValue(email)!, ct);
            var made = await services.GetRequiredService<MakeToken>().RunAsync(new(parsed.GetValue(name), parsed.GetValue(scope), parsed.GetValue(days)), member.Actor, ct);
            if (!made.Succeeded(out var token, out var refusal)) throw CommandFailedException.Of(refusal);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(token.Token);
            return CommandLine.Done;
        }, ct));
        return command;
    }

    private static Command List()
    {
        var email = Email();
        var command = new Command("list", "Lists a member's tokens, a line each: id, name, scope, ending, expiry, last use.") { email };
        command.SetAction((parsed, ct) => Where.InDatabaseAsync(async services =>
        {
            var member = await MemberCommands.MemberAsync(services, parsed.GetValue(email)!, ct);
            foreach (var row in await services.GetRequiredService<MakeToken>().ListAsync(member.Actor, ct))
                await parsed.InvocationConfiguration.Output.WriteLineAsync($"{row.Id}\t{row.Name}\t{row.Scope.ToString().ToLowerInvariant()}\t...{row.Ending}\tuntil {row.ExpiresAt:yyyy-MM-dd}\t{(row.LastUsedAt is { } used ? $"used {used:yyyy-MM-dd}" : "never used")}");
            return CommandLine.Done;
        }, ct));
        return command;
    }

    private static Command Revoke()
    {
        var email = Email();
        var id = new Argument<Guid>("id") { Description = "As 'rapport token list' shows it." };
        var command = new Command("revoke", "Makes a token useless at once.") { email, id };
        command.SetAction((parsed, ct) => Where.InDatabaseAsync(async services =>
        {
            var member = await MemberCommands.MemberAsync(services, parsed.GetValue(email)!, ct);
            if (await services.GetRequiredService<MakeToken>().RevokeAsync(new(parsed.GetValue(id)), member.Actor, ct) is { } refusal) throw CommandFailedException.Of(refusal);
            await parsed.InvocationConfiguration.Output.WriteLineAsync("Revoked.");
            return CommandLine.Done;
        }, ct));
        return command;
    }
}
