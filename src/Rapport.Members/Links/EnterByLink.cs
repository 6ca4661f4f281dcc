using Rapport.Kernel.Database;

namespace Rapport.Members;

/// <summary>Uses up a link that signs a member in.</summary>
internal sealed class EnterByLink(RapportDb db, TimeProvider clock)
{
    public async Task<Result<Member>> RunAsync(string token, CancellationToken ct)
    {
        if (await db.LinkAsync(LinkKind.Enter, token, clock, ct) is not { Member: { } id } link) return LinkQueries.Gone;
        if (await db.MemberAsync(id, ct) is not { IsHere: true } member) return LinkQueries.Gone;
        db.Remove(link);
        return await db.SaveAsync(member.Actor, ct) is { } refusal ? refusal : member;
    }
}
