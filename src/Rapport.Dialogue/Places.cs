using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;

namespace Rapport.Dialogue;

/// <summary>Where things are, for links and source marks.</summary>
internal static class Places
{
    public static string Party(Guid id) => $"/parties/{id}";

    public static string Brief(PartyId id) => $"/parties/{id}/brief";

    public static string Conversation(Guid id) => $"/conversations/{id}";

    public static string Message(ConversationId conversation, InteractionId message) => $"/conversations/{conversation}?at={message}#i{message}";

    /// <summary>Where an interaction was said, when only it is known: leads on to its conversation.</summary>
    public static string Said(InteractionId interaction) => $"/interactions/{interaction}";

    public static string Commitment(Guid id) => $"/commitments/{id}";

    /// <summary>Where a new date is agreed for a commitment.</summary>
    public static string NewDate(CommitmentId id) => $"/commitments/{id}?open=new-date#new-date";
}
