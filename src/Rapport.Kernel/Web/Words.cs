using System.Text.Json;

namespace Rapport.Kernel.Web;

/// <summary>Words of ours in an address or a form, understood in capitals and small letters alike; never their numbers.</summary>
public static class Words
{
    /// <summary>What the word means; null where there is none, or none of ours.</summary>
    public static T? Of<T>(string? text) where T : struct, Enum =>
        text is { Length: > 0 } && char.IsAsciiLetter(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    /// <summary>Why a word cannot be used, with those that can; null where there is none, or one of ours.</summary>
    public static Refusal? Unknown<T>(string? text, string field) where T : struct, Enum =>
        string.IsNullOrEmpty(text) || Of<T>(text) is not null ? null : Refusal.Invalid($"{field}.unknown", $"Write one of {string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName))}.", field);
}
