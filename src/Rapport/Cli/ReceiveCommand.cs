using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;

namespace Rapport.Cli;

/// <summary>
/// <c>rapport receive</c>: one mail from standard input, for a mail server's pipe. Its exit codes are those of sysexits.h: 0 when the mail is on the disk, 64 when it was called wrongly, 65 when it cannot be taken,
/// 75 when the server should try again. What is wrong with this machine, also what it may not open and a mailbox that is not there or not the only one, is 75: somebody mends it, and no mail is sent back.
/// </summary>
internal static class ReceiveCommand
{
    /// <summary>It was called wrongly.</summary>
    public const int UsageError = 64;

    private const int DataError = 65, TemporaryFailure = 75;

    public static Command Build()
    {
        var mailbox = new Option<string?>("--mailbox") { Description = "Into which mailbox, by its name or address; needed where there are several.", HelpName = "name" };
        var command = new Command("receive", "Takes one mail from standard input, for a mail server's pipe. Exit code 0 when it is stored, 75 when the server should try again.") { mailbox };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(mailbox), parsed.InvocationConfiguration.Error, ct));
        return command;
    }

    private static async Task<int> RunAsync(string? mailbox, TextWriter error, CancellationToken ct)
    {
        try
        {
            return await Where.InDatabaseAsync(services => TakeAsync(services, mailbox, ct), ct);
        }
        catch (CommandFailedException failure) when (failure.ExitCode is DataError)
        {
            throw;
        }
        catch (Exception failure)
        {
            var sentence = failure is CommandFailedException ? failure.Message : DatabaseTrouble.Of(failure, Where.Address())?.Sentence ?? $"The mail could not be taken ({failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")}).";
            await error.WriteLineAsync(sentence);
            return TemporaryFailure;
        }
    }

    private static async Task<int> TakeAsync(IServiceProvider services, string? name, CancellationToken ct)
    {
        var id = await FindAsync(services.GetRequiredService<RapportDb>(), name, ct);
        var bytes = await ReadAsync(services.GetRequiredService<ChannelsOptions>(), ct);
        if (!(await services.GetRequiredService<StoreMail>().RunAsync(id, [new("pipe", bytes)], Actor.Rapport, ct)).Succeeded(out _, out var refusal)) throw CommandFailedException.Of(refusal);
        try
        {
            await services.GetRequiredService<ReadStoredMail>().RunAsync(id, Actor.Rapport, ct);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // It is stored, which is what was promised; the server reads what waits.
        }
        return CommandLine.Done;
    }

    private static async Task<MailboxId> FindAsync(RapportDb db, string? name, CancellationToken ct)
    {
        var all = await db.Set<Mailbox>().AsNoTracking().OrderBy(m => m.Name).ToListAsync(ct);
        if (all.Count == 0) throw new CommandFailedException("There is no mailbox yet. Open one under Settings, Mailboxes, or import some mail.", TemporaryFailure);
        var named = await NamedAsync(db, all, name, ct);
        return named switch
        {
            [var one] => one.Id,
            [] => throw new CommandFailedException($"There is no mailbox called {name}. There are: {string.Join(", ", all.Select(m => m.Name).Distinct().Take(20))}.", TemporaryFailure),
            _ => throw new CommandFailedException($"Several mailboxes are meant: {string.Join(", ", named.Select(m => m.Name).Take(20))}. Say which with --mailbox, by its address where names are alike.", TemporaryFailure),
        };
    }

    // Without a name, what somebody imported for themselves does not count beside what is shared or connected.
    private static async Task<List<Mailbox>> NamedAsync(RapportDb db, List<Mailbox> all, string? name, CancellationToken ct)
    {
        var connected = await db.Set<MailboxConnection>().AsNoTracking().Select(c => new { c.Mailbox, c.Address }).ToListAsync(ct);
        if (name is null) return all.FindAll(m => m.Visibility != Visibility.Owner || connected.Exists(c => c.Mailbox == m.Id)) is { Count: > 0 } meant ? meant : all;
        var addressed = connected.Where(c => c.Address.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)).Select(c => c.Mailbox).ToHashSet();
        var found = all.Where(m => addressed.Contains(m.Id)).ToList();
        return found.Count > 0 ? found : all.FindAll(m => m.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<byte[]> ReadAsync(ChannelsOptions options, CancellationToken ct)
    {
        await using var input = Console.OpenStandardInput();
        using var mail = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await input.ReadAsync(buffer, ct)) > 0;)
        {
            mail.Write(buffer, 0, read);
            if (mail.Length > options.LargestMail) throw new CommandFailedException($"The mail is larger than {options.LargestMailMegabytes} MB (Channels__LargestMailMegabytes).", DataError);
        }
        return mail.Length > 0 ? mail.ToArray() : throw new CommandFailedException("There is no mail on standard input.", DataError);
    }
}
