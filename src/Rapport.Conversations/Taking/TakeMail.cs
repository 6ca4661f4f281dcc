using Rapport.Channels;

namespace Rapport.Conversations;

/// <summary>What became of mails that were taken.</summary>
/// <param name="Stored">New in this mailbox.</param>
/// <param name="AlreadyHere">The same bytes came into this mailbox before.</param>
/// <param name="Read">Read into interactions.</param>
/// <param name="Duplicates">The same mail was here already, from another mailbox or by another way.</param>
/// <param name="Unreadable">Kept with their raw bytes and listed under "could not be read".</param>
/// <param name="Conversations">Conversations that began with them.</param>
/// <param name="People">People who were met in them for the first time.</param>
/// <param name="Organizations">Organisations that were proposed from their domains.</param>
public readonly record struct MailTaken(int Stored, int AlreadyHere, int Read, int Duplicates, int Unreadable, int Conversations, int People, int Organizations)
{
    /// <summary>Both together.</summary>
    public static MailTaken operator +(MailTaken a, MailTaken b) => new(a.Stored + b.Stored, a.AlreadyHere + b.AlreadyHere, a.Read + b.Read, a.Duplicates + b.Duplicates,
        a.Unreadable + b.Unreadable, a.Conversations + b.Conversations, a.People + b.People, a.Organizations + b.Organizations);

    /// <summary>Both together, for languages without operators.</summary>
    public MailTaken Add(MailTaken other) => this + other;
}

/// <summary>Takes mails into a mailbox: stores them as they are and commits (V1), then reads them into conversations. Killed in between, <see cref="ReadStoredMail"/> goes on where it stopped.</summary>
public sealed class TakeMail(StoreMail store, ReadStoredMail read)
{
    /// <summary>Takes them; a hundred at a time is quick.</summary>
    public async Task<Result<MailTaken>> RunAsync(MailboxId mailbox, IReadOnlyList<NewMail> mails, Actor by, CancellationToken ct)
    {
        if (!(await store.RunAsync(mailbox, mails, by, ct)).Succeeded(out var stored, out var refusal)) return refusal;
        return new MailTaken(stored.Stored, stored.AlreadyHere, 0, 0, 0, 0, 0, 0) + await read.RunAsync(mailbox, by, ct);
    }
}
