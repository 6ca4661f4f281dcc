using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>Gives out interaction ids: the moment, and where that is taken, the next free tie beside it.</summary>
internal sealed class MomentIds(RapportDb db)
{
    private const int Ties = 1 << Moments.TieBits;

    private readonly HashSet<long> taken = [];
    private readonly HashSet<long> free = [];
    private readonly HashSet<long> asked = [];

    /// <summary>Finds out for many at once whether their first choice is free.</summary>
    public async Task LoadAsync(IEnumerable<(DateTimeOffset At, string Seed)> wanted, CancellationToken ct)
    {
        var keys = wanted.Select(w => new InteractionId(Moments.Key(w.At, Start(w.Seed)))).Distinct().ToList();
        foreach (var id in await db.Set<Interaction>().Where(i => EF.Parameter(keys).Contains(i.Id)).Select(i => i.Id).ToListAsync(ct)) taken.Add(id.Value);
        free.UnionWith(keys.Select(k => k.Value).Except(taken));
    }

    /// <summary>An id for something at a moment; the same seed starts at the same tie.</summary>
    public async Task<InteractionId> NextAsync(DateTimeOffset at, string seed, CancellationToken ct)
    {
        var start = Start(seed);
        var first = Moments.Key(at, start);
        if (free.Remove(first) && taken.Add(first)) return new(first);
        while (true)
        {
            await AskAsync(Moments.Key(at, 0), ct);
            for (var i = 0; i < Ties; i++)
                if (taken.Add(Moments.Key(at, start + i))) return new(Moments.Key(at, start + i));
            // A thousand things in one microsecond: the next one is as true.
            at = at.AddMicroseconds(1);
        }
    }

    private static int Start(string seed) => BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(seed)));

    private async Task AskAsync(long first, CancellationToken ct)
    {
        if (!asked.Add(first)) return;
        var (from, to) = (new InteractionId(first), new InteractionId(first + Ties - 1));
        foreach (var id in await db.Set<Interaction>().Where(i => i.Id >= from && i.Id <= to).Select(i => i.Id).ToListAsync(ct)) taken.Add(id.Value);
    }
}
