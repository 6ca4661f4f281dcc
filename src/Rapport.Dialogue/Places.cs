using Rapport.Conversations;

namespace Rapport.Dialogue;

/// <summary>Where things are, for links and source marks.</summary>
internal static class Places
{
    public static string Party(Guid id) => $"/parties/{id}";

    public static string Conversation(Guid id) => $"/conversations/{id}";

    public static string Message(ConversationId conversation, InteractionId message) => $"/conversations/{conversation}#message-{message}";

    public static string Commitment(Guid id) => $"/commitments/{id}";
}
