using Rapport.Conversations;
using Rapport.Design;

namespace Rapport.Dialogue;

/// <summary>The picture of a channel.</summary>
internal static class ChannelGlyph
{
    public static Glyph Of(Channel channel) => channel switch
    {
        Channel.Email => Glyph.Mail,
        Channel.Telephone => Glyph.Phone,
        Channel.Visit => Glyph.Visit,
        Channel.Meeting => Glyph.Meeting,
        Channel.Chat or Channel.Sms => Glyph.Chat,
        Channel.Letter => Glyph.Letter,
        Channel.Note => Glyph.Note,
    };
}
