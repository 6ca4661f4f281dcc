namespace Rapport.Channels;

/// <summary>What was learned of a mailbox by sessions that broke: after one they are fetched singly for a while, and one on which it breaks again and again is left, so that those behind it come through (V1).</summary>
public sealed class MailboxCare
{
    private const int SinglyFor = 200, MostBreaks = 3;

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
}
