using Rapport.Customers;

namespace Rapport.Dialogue;

/// <summary>Words of the brief for what is on record.</summary>
internal static class BriefWords
{
    /// <summary>A judgement as a sentence, with what it rests on.</summary>
    public static string Judged(JudgementRow judgement)
    {
        var evidence = judgement.Evidence.Length == 0 ? "" : judgement.Evidence.EndsWith('.') ? $" {judgement.Evidence}" : $" {judgement.Evidence}.";
        return Finding(judgement) + evidence;
    }

    /// <summary>A judgement as a sentence.</summary>
    public static string Finding(JudgementRow judgement)
    {
        var (yes, no) = judgement.Kind switch
        {
            JudgementKind.Authority => ("They may decide to buy.", "They may not decide to buy."),
            JudgementKind.Means => ("They can pay.", "They cannot pay."),
            JudgementKind.Intention => ("They want to buy.", "They do not want to buy."),
            JudgementKind.Relevance => ("They are a customer of ours.", "They are not a customer."),
        };
        return judgement.Answer == Answer.Yes ? yes : no;
    }

    public static string Of(ContactKind kind) => kind switch
    {
        ContactKind.Email => "e-mail",
        ContactKind.Telephone => "telephone",
        ContactKind.Postal => "post",
        ContactKind.Chat => "chat",
        ContactKind.Web => "web",
    };

    public static string Capital(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];
}
