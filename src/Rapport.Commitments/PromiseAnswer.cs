using Microsoft.EntityFrameworkCore;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;
using Rapport.Members;

namespace Rapport.Commitments;

/// <summary>What an acknowledgement promised is a commitment of whoever had accepted that it does.</summary>
internal sealed class PromiseAnswer(RapportDb db, MakeCommitment make) : IHear<AnswerPromised>
{
    public async Task HearAsync(AnswerPromised happening, Actor by, CancellationToken ct)
    {
        if (await db.Set<Commitment>().AnyAsync(c => c.SaidIn == happening.Said, ct)) return;
        if (await db.Set<Member>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == happening.Owner, ct) is not { } owner) return;
        var actor = new Actor(owner.Id, owner.Name, owner.Roles) { Teams = await db.TeamsOfAsync(owner.Id, ct) };
        var made = await make.RunAsync(new(Side.OursToThem, $"An answer by {happening.Words}", happening.To, new(happening.Due, happening.Due, DuePrecision.Minute, happening.Words), happening.Said), actor, ct);
        // They were told a time. What keeps it from being a commitment is for people to see.
        if (made.Refusal is { } refusal) throw new InvalidOperationException(refusal.Message);
    }
}
