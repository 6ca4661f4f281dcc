namespace Rapport.Customers;

/// <summary>How standing follows from judgements. A pure rule: nothing else sets a standing.</summary>
public static class StandingRule
{
    /// <summary>What is known of a relationship when its standing is computed.</summary>
    /// <param name="Today">The day it is computed for, in our zone.</param>
    /// <param name="Until">Last day of the relationship, on which it still holds.</param>
    /// <param name="HasBought">A purchase or delivery is on record.</param>
    /// <param name="ServedForSomebodyElse">Internal customers, users and beneficiaries: somebody else pays.</param>
    /// <param name="PayerStanding">The standing of who pays for them; null when nobody is known to.</param>
    public readonly record struct Known(DateOnly Today, DateOnly? Until, bool HasBought, bool ServedForSomebodyElse, Standing? PayerStanding);

    /// <summary>The standing by the newest judgement of each kind.</summary>
    public static Standing Compute(Known known, IEnumerable<Judgement> judgements)
    {
        if (known.Until is { } until && until < known.Today) return Standing.Former;
        var newest = Newest(judgements);
        if (newest(JudgementKind.Relevance) == Answer.No) return Standing.NotACustomer;
        if (known.HasBought) return Standing.Customer;
        if (known.ServedForSomebodyElse) return known.PayerStanding ?? Standing.Unqualified;
        return (newest(JudgementKind.Authority), newest(JudgementKind.Means), newest(JudgementKind.Intention)) switch
        {
            (Answer.No, _, _) or (_, Answer.No, _) => Standing.NotACustomer,
            (Answer.Yes, Answer.Yes, Answer.Yes) => Standing.Customer,
            (Answer.Yes, Answer.Yes, _) => Standing.PotentialCustomer,
            _ => Standing.Unqualified,
        };
    }

    /// <summary>What to find out next; null when nothing is missing.</summary>
    public static string? NextQuestion(Known known, IEnumerable<Judgement> judgements)
    {
        var newest = Newest(judgements);
        if (known.ServedForSomebodyElse && known.PayerStanding is null) return "Who pays?";
        if (known.HasBought || newest(JudgementKind.Relevance) == Answer.No) return null;
        if (newest(JudgementKind.Authority) == Answer.Unknown) return "Who decides?";
        if (newest(JudgementKind.Means) == Answer.Unknown) return "Can they pay for it?";
        if (newest(JudgementKind.Intention) == Answer.Unknown) return "Do they want to buy?";
        return null;
    }

    private static Func<JudgementKind, Answer> Newest(IEnumerable<Judgement> judgements)
    {
        var byKind = judgements.GroupBy(j => j.Kind).ToDictionary(g => g.Key, g => g.MaxBy(j => (j.At, j.Id.Value))!.Answer);
        return kind => byKind.GetValueOrDefault(kind, Answer.Unknown);
    }
}
