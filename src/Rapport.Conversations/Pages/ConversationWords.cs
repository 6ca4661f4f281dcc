using Microsoft.AspNetCore.WebUtilities;
using Rapport.Customers;
using Rapport.Design;

namespace Rapport.Conversations.Pages;

/// <summary>What pages say of conversations.</summary>
public static class ConversationWords
{
    /// <summary>What became of a message that did not simply arrive.</summary>
    public static string Of(AddressNews news) => news switch
    {
        AddressNews.Delayed => "delayed",
        AddressNews.Complaint => "complained of",
        AddressNews.Unproven => "reported",
        _ => "not delivered",
    };

    /// <summary>The picture of a channel.</summary>
    public static Glyph Picture(Channel channel) => channel switch
    {
        Channel.Email => Glyph.Mail,
        Channel.Telephone => Glyph.Phone,
        Channel.Visit => Glyph.Visit,
        Channel.Meeting => Glyph.Meeting,
        Channel.Chat or Channel.Sms => Glyph.Chat,
        Channel.Letter => Glyph.Letter,
        Channel.Note => Glyph.Note,
    };

    /// <summary>Whose words they are.</summary>
    public static Side SideOf(Channel channel, Direction direction) =>
        channel == Channel.Note ? Side.Note : direction == Direction.Inbound ? Side.Theirs : Side.Ours;

    /// <summary>A state in a word; null for what needs none.</summary>
    public static string? State(ConversationState state) => state switch
    {
        ConversationState.Open => null,
        ConversationState.Waiting => "we wait for them",
        ConversationState.Snoozed => "put away",
        ConversationState.Closed => "closed",
    };

    /// <summary>A subject that can be read.</summary>
    public static string Subject(string subject) => subject.Length > 0 ? subject : "(no subject)";

    /// <summary>The same list with one thing changed; an empty value takes it away.</summary>
    internal static string With(string path, IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> query, string name, string? value)
    {
        var kept = query.Where(q => q.Key != name && q.Key != "after" && !string.IsNullOrEmpty(q.Value)).Select(q => KeyValuePair.Create(q.Key, (string?)q.Value.ToString()));
        return QueryHelpers.AddQueryString(path, string.IsNullOrEmpty(value) ? kept : kept.Append(KeyValuePair.Create(name, (string?)value)));
    }

    /// <summary>Bytes as people say them.</summary>
    internal static string Size(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} bytes",
        < 1024 * 1024 => $"{bytes / 1024} KB",
        _ => $"{bytes / (1024 * 1024)} MB",
    };
}
