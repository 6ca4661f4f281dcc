using Microsoft.EntityFrameworkCore;
using Rapport.Conversations;
using Rapport.Kernel.Database;

namespace Rapport.Commitments;

/// <summary>A commitment's page, and the lists of them, are kept right while they are open.</summary>
internal sealed class ShowCommitments(RapportDb db) : IShowThings
{
    /// <summary>What pages that list commitments are about: told with every change of any.</summary>
    public static readonly Guid List = new("c0000000-0000-7000-8000-000000000001");

    public Task<bool> MaySeeAsync(Guid thing, Actor by, CancellationToken ct) =>
        thing == List ? Task.FromResult(by.May(Roles.Reader)) : db.CommitmentsFor(by).AnyAsync(c => c.Id == new CommitmentId(thing), ct);
}
