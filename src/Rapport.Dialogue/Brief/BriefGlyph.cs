using Rapport.Conversations.Pages;
using Rapport.Design;

namespace Rapport.Dialogue;

/// <summary>The picture of a source mark.</summary>
internal static class BriefGlyph
{
    public static Glyph Of(BriefSource source) => source.Channel is { } channel ? ConversationWords.Picture(channel) : source.Kind switch
    {
        EvidenceKind.Interaction => Glyph.Mail,
        EvidenceKind.Judgement => Glyph.Eye,
        EvidenceKind.Commitment => Glyph.Promise,
        EvidenceKind.Record => Glyph.Link,
    };
}
