namespace Rapport.Channels;

/// <summary>What was learned of a mailbox by sessions that broke: after one they are fetched singly for a while, and one on which it breaks again and again is left, so that those behind it come through (V1).</summary>
public sealed class MailboxCare
{
    private const int SinglyFor = 200, MostBreaks = 3;

    private int sentBreaks;
    private DateTimeOffset? sentAgain;

    private (FolderRole Role, uint Validity, uint Uid) last;
    private int breaks;

    /// <summary>How many are still fetched singly.</summary>
    internal int Singly { get; private set; }

    /// <summary>It broke while these were fetched. True when the only one of them has to be left.</summary>
    internal bool HasToLeave(FolderRole role, uint validity, List<uint> uids)
    {
        Singly = SinglyFor;
        if (uids is not [var only]) return false;
        breaks = last == (role, validity, only) ? breaks + 1 : 1;
        last = (role, validity, only);
        return breaks >= MostBreaks;
    }

    /// <summary>It went well.</summary>
    internal void Worked() => Singly = Math.Max(0, Singly - 1);

    /// <summary>What keeps the Sent folder from being read, once it has failed twice in a row; null when nothing does.</summary>
    internal MailTrouble? SentTrouble { get; private set; }

    /// <summary>The Sent folder is left alone for now.</summary>
    internal bool LeavesSent(DateTimeOffset now) => now < sentAgain;

    /// <summary>It could not be read: it is left alone for the longer, the more often that happens.</summary>
    internal void SentBroke(MailTrouble trouble, DateTimeOffset now)
    {
        sentAgain = now + MailboxConnection.BackOff(trouble.Kind, sentBreaks++);
        if (sentBreaks > 1) SentTrouble = new(MailTroubleKind.SentFolder, $"Its Sent folder cannot be read, so what is answered from other programs is not seen. {trouble.Sentence}");
    }

    /// <summary>It could be read.</summary>
    internal void SentWorked() => (SentTrouble, sentAgain, sentBreaks) = (null, null, 0);
}
