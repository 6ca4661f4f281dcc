using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Customers;

/// <summary>What somebody of ours found, and from what.</summary>
public sealed record NewJudgement(JudgementKind Kind, Answer Answer, string Evidence, InteractionId? Interaction = null);

/// <summary>Writes down a judgement. The standing follows from it, also of everybody they pay for.</summary>
public sealed class Judge(RapportDb db, TimeProvider clock, SettleParties settle)
{
    /// <summary>The judgement's id. Refused without evidence.</summary>
    public async Task<Result<JudgementId>> RunAsync(RelationshipId relationship, NewJudgement given, Actor by, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(given.Evidence)) return Refusal.Invalid("evidence.missing", "Say how you know: what they said, wrote or did.", "evidence");
        if (given.Evidence.Length > Judgement.LongestEvidence) return Refusal.Invalid("evidence.long", $"Evidence has at most {Judgement.LongestEvidence} characters.", "evidence");
        if (await db.Set<Relationship>().SingleOrDefaultAsync(r => r.Id == relationship, ct) is not { } about) return Refusal.Missing("relationship");

        var judgement = Of(relationship, given.Kind, given.Answer, given.Evidence.Trim(), by, clock, given.Interaction);
        db.Add(judgement);
        return await settle.SaveAsync([about.Customer], by, ct) is { } conflict ? conflict : judgement.Id;
    }

    /// <summary>Takes back a judgement made by mistake. Only its author may, and only within an hour: later it is history.</summary>
    public async Task<Refusal?> UndoAsync(RelationshipId relationship, JudgementId id, Actor by, CancellationToken ct)
    {
        if (await db.Set<Judgement>().SingleOrDefaultAsync(j => j.Id == id && j.Relationship == relationship, ct) is not { } judgement) return Refusal.Missing("judgement");
        if (judgement.By != by.Id) return Refusal.Forbidden("judgement.not-yours", "Only who judged may take it back. Judge anew instead.");
        if (clock.GetUtcNow() - judgement.At > TimeSpan.FromHours(1)) return Refusal.Conflict("judgement.old", "This is history now. Judge anew instead; the newest counts.");
        var customer = await db.Set<Relationship>().Where(r => r.Id == judgement.Relationship).Select(r => r.Customer).SingleAsync(ct);
        db.Remove(judgement);
        return await settle.SaveAsync([customer], by, ct);
    }

    internal static Judgement Of(RelationshipId relationship, JudgementKind kind, Answer answer, string evidence, Actor by, TimeProvider clock, InteractionId? interaction = null) => new()
    {
        Id = Ids.New<JudgementId>(clock), Relationship = relationship, Kind = kind, Answer = answer, Evidence = evidence, Interaction = interaction, By = by.Id, At = clock.GetUtcNow(),
    };
}
