using System.CommandLine;
using Rapport.Commitments;
using Rapport.Customers;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;

namespace Rapport.Cli;

/// <summary><c>rapport commit</c> writes a promise down where one works, <c>rapport commitments due</c> says what is due.</summary>
internal static class CommitmentCommands
{
    private const int UsualDays = 7;

    private static Option<string?> As() => new("--as") { Description = "The member whose it is, by address; else the owner.", HelpName = "address" };

    private static Option<bool> Theirs() => new("--theirs") { Description = "They promised us, not we them." };

    public static Command BuildCommitments() => new("commitments", "Says what is promised.") { Due() };

    public static Command BuildCommit()
    {
        var words = new Argument<string>("words") { Description = "What was promised, in the words that were used: \"I'll send the drawings by Thursday\"." };
        var to = new Option<string[]>("--to") { Description = "Whom it was promised to, said again for each of several, or with --theirs who promised it: a name, or a part of one that only they have.", Required = true, HelpName = "name" };
        var due = new Option<string?>("--due") { Description = "By when, where the words do not say it: \"by Friday\".", HelpName = "words" };
        var (who, theirs) = (As(), Theirs());
        var command = new Command("commit", "Writes a promise down, and prints its id, by when and with whom.") { words, to, due, theirs, who };
        command.SetAction((parsed, ct) => Where.InDatabaseAsync(async services =>
        {
            var by = await WhichMember.FindAsync(services, parsed.GetValue(who), ct);
            var (said, side) = (parsed.GetRequiredValue(words), parsed.GetValue(theirs) ? Side.TheirsToUs : Side.OursToThem);
            var named = new List<Picked>();
            foreach (var name in parsed.GetRequiredValue(to))
                named.Add((await services.GetRequiredService<PickParty>().NamedAsync(name, "to", by, ct)).Succeeded(out var one, out var unknown) ? one : throw new CommandFailedException(unknown.Message, CommandLine.Misused));
            var with = named[0];
            var read = services.GetRequiredService<ReadDue>();
            var understood = parsed.GetValue(due) is { } spoken ? await read.RunAsync(spoken, side, with.Party!.Value, null, ct) : await read.InSentenceAsync(said, side, with.Party!.Value, ct);
            // "Shortly" inside a sentence is no date, and no reason not to write the sentence down.
            var vague = parsed.GetValue(due) is null && understood.Outcome == DueUnderstanding.Vague;
            var date = vague ? null : understood.Accept().Succeeded(out var accepted, out var unclear) ? accepted : throw new CommandFailedException($"{unclear.Message} Or say it with --due.", CommandLine.Misused);
            var made = await services.GetRequiredService<MakeCommitment>().RunAsync(new(side, said, with.Party!.Value, date) { AlsoTo = [.. named.Skip(1).Select(n => n.Party!.Value)] }, by, ct);
            if (!made.Succeeded(out var id, out var refusal)) throw new CommandFailedException(refusal.Message, CommandLine.Misused);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{id}\t{(date is null ? "no date" : understood.Said)}\t{string.Join(", ", named.Select(n => n.Name))}");
            return CommandLine.Done;
        }, ct));
        return command;
    }

    private static Command Due()
    {
        var days = new Option<int>("--days") { Description = $"Due within so many days, and what is late; {UsualDays} when not given.", DefaultValueFactory = _ => UsualDays };
        var all = new Option<bool>("--everybody") { Description = "Also what others answer for." };
        var (who, theirs) = (As(), Theirs());
        var command = new Command("due", "Lists what is due and late, soonest first, a line each: by when, late or open, who answers for it, the words, with whom, id.") { days, all, theirs, who };
        command.SetAction((parsed, ct) => Where.InDatabaseAsync(async services =>
        {
            var by = await WhichMember.FindAsync(services, parsed.GetValue(who), ct);
            if (parsed.GetValue(days) is < 0 or > 3_650) throw new CommandFailedException("--days is a number from 0 to 3650.", CommandLine.Misused);
            var (now, zone) = (services.GetRequiredService<TimeProvider>().GetUtcNow(), (await services.GetRequiredService<RapportDb>().InstallationAsync(ct))!.TimeZone);
            var until = LocalTime.In(zone, TimeZoneInfo.ConvertTime(now, zone).Date.AddDays(parsed.GetValue(days) + 1));
            var filter = new CommitmentFilter(Side: parsed.GetValue(theirs) ? Side.TheirsToUs : Side.OursToThem, Owner: parsed.GetValue(all) ? null : by.Id, DueBefore: until);
            for (string? after = null; ;)
            {
                var page = await services.GetRequiredService<CommitmentQueries>().ListAsync(filter, after, 200, by, ct);
                foreach (var row in page.Items)
                    await parsed.InvocationConfiguration.Output.WriteLineAsync($"{TimeZoneInfo.ConvertTime(row.DueEnd!.Value, zone):yyyy-MM-dd HH:mm}\t{(row.IsLate(now) ? "late" : "open")}\t{row.OwnerName}\t{row.Words.ReplaceLineEndings(" ")}\t{row.WithName}\t{row.Id}");
                if ((after = page.Next) is null) return CommandLine.Done;
            }
        }, ct));
        return command;
    }
}
