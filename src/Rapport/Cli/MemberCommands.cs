using System.CommandLine;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Cli;

/// <summary><c>rapport member</c>: who signs in.</summary>
internal static class MemberCommands
{
    public static Command Build() => new("member", "Invites and lists members, gives them roles and new passwords.") { Add(), List(), Reset(), Give() };

    private static Command Add()
    {
        var email = new Argument<string>("email") { Description = "The address they will sign in by." };
        var name = new Option<string?>("--name") { Description = "Their name, if known." };
        var roles = new Option<string[]>("--role") { Description = $"What they may do, once for each: {RoleNames}.", DefaultValueFactory = _ => ["member"], HelpName = "role" };
        var command = new Command("add", "Makes a link by which somebody joins; it works once, for seven days.") { email, name, roles };
        command.SetAction((parsed, ct) => Where.InDatabaseAsync(async services =>
        {
            var invitation = new NewInvitation(Read(parsed.GetValue(roles)!), parsed.GetValue(email), parsed.GetValue(name));
            var made = await services.GetRequiredService<InviteMember>().RunAsync(invitation, Where.CommandLine, ct);
            return await SayAsync(parsed, made);
        }, ct));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Lists the members, a line each: address, name, roles, joined, left.");
        command.SetAction((parsed, ct) => Where.InDatabaseAsync(async services =>
        {
            var db = services.GetRequiredService<RapportDb>();
            for (string? after = null; ;)
            {
                var page = await db.MembersAsync(after, 200, ct);
                foreach (var row in page.Items)
                    await parsed.InvocationConfiguration.Output.WriteLineAsync($"{row.Email}\t{row.Name}\t{row.Roles.ToString().ToLowerInvariant()}\tjoined {row.JoinedAt:yyyy-MM-dd}{(row.LeftAt is { } left ? $"\tleft {left:yyyy-MM-dd}" : "")}");
                if ((after = page.Next) is null) return CommandLine.Done;
            }
        }, ct));
        return command;
    }

    private static Command Reset()
    {
        var email = new Argument<string>("email") { Description = "The address they sign in by." };
        var command = new Command("reset", "Makes a link by which a member chooses a new password; it works once, for a day.") { email };
        command.SetAction((parsed, ct) => Where.InDatabaseAsync(async services =>
        {
            var member = await MemberAsync(services, parsed.GetValue(email)!, ct);
            return await SayAsync(parsed, await services.GetRequiredService<MakeMemberLink>().ResetAsync(member, Where.CommandLine, ct));
        }, ct));
        return command;
    }

    private static Command Give()
    {
        var email = new Argument<string>("email") { Description = "The address they sign in by." };
        var roles = new Argument<string[]>("roles") { Description = $"All they shall hold: {RoleNames}.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("roles", "Gives a member these roles and no others.") { email, roles };
        command.SetAction((parsed, ct) => Where.InDatabaseAsync(async services =>
        {
            var member = await MemberAsync(services, parsed.GetValue(email)!, ct);
            if (await services.GetRequiredService<ChangeMember>().RolesAsync(member, Read(parsed.GetValue(roles)!), Where.CommandLine, ct) is { } refusal) throw CommandFailedException.Of(refusal);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{member.Name} is {member.Roles.ToString().ToLowerInvariant()} now.");
            return CommandLine.Done;
        }, ct));
        return command;
    }

    /// <summary>The member of an address.</summary>
    /// <exception cref="CommandFailedException">There is none.</exception>
    internal static async Task<Member> MemberAsync(IServiceProvider services, string email, CancellationToken ct) =>
        await services.GetRequiredService<RapportDb>().MemberAsync(email, ct) ?? throw new CommandFailedException($"No member signs in by {email}. 'rapport member list' shows who does.");

    private static async Task<int> SayAsync(ParseResult parsed, Result<MadeLink> made)
    {
        if (!made.Succeeded(out var link, out var refusal)) throw CommandFailedException.Of(refusal);
        await parsed.InvocationConfiguration.Output.WriteLineAsync($"Until {link.ExpiresAt:yyyy-MM-dd HH:mm} UTC, put behind the address of your Rapport:\n{link.Path}");
        return CommandLine.Done;
    }

    private static string RoleNames => string.Join(", ", Enum.GetValues<Roles>().Where(role => role != Roles.None).Select(role => role.ToString().ToLowerInvariant()));

    private static Roles Read(string[] names)
    {
        var roles = Roles.None;
        foreach (var name in names.SelectMany(each => each.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
            roles |= Enum.TryParse<Roles>(name, ignoreCase: true, out var role) && Enum.IsDefined(role) && role != Roles.None && !char.IsDigit(name[0])
                ? role
                : throw new CommandFailedException($"\"{name}\" is not a role; roles are {RoleNames}.", CommandLine.Misused);
        return roles;
    }
}
