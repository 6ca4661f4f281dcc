using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Members;

/// <summary>A token to make.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Scope">What it may do.</param>
/// <param name="Days">How long it works: 1 to 730 days; 90 when null.</param>
public sealed record NewToken(string? Name, TokenScope Scope, int? Days);

/// <summary>A token as it is shown once.</summary>
public sealed record MadeToken(TokenId Id, string Token, DateTimeOffset ExpiresAt);

/// <summary>A token as its member sees it later.</summary>
public sealed record TokenRow(TokenId Id, string Name, TokenScope Scope, string Ending, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt, DateTimeOffset? LastUsedAt);

/// <summary>Makes, lists and revokes a member's tokens.</summary>
public sealed class MakeToken(RapportDb db, TimeProvider clock)
{
    /// <summary>A new one.</summary>
    public async Task<Result<MadeToken>> RunAsync(NewToken wanted, Actor by, CancellationToken ct)
    {
        if (wanted.Name?.Trim() is not { Length: > 0 and <= ApiToken.LongestName } name) return Refusal.Invalid("token.name", "Say what the token is for, in at most 100 characters.", "name");
        var days = wanted.Days ?? ApiToken.UsualDays;
        if (days is < 1 or > ApiToken.MostDays) return Refusal.Invalid("token.days", $"A token works for 1 to {ApiToken.MostDays} days.", "days");
        var (secret, now) = (ApiToken.Prefix + Secret.New(), clock.GetUtcNow());
        var token = new ApiToken
        {
            Id = Ids.New<TokenId>(clock), Member = by.Id, Name = name, Scope = wanted.Scope, Hash = Secret.Hash(secret), Ending = secret[^4..], MadeAt = now, ExpiresAt = now.AddDays(days),
        };
        db.Add(token);
        return await db.SaveAsync(by, ct) is { } refusal ? refusal : new MadeToken(token.Id, secret, token.ExpiresAt);
    }

    /// <summary>The member's own, the newest first.</summary>
    public Task<List<TokenRow>> ListAsync(Actor by, CancellationToken ct) =>
        db.Set<ApiToken>().AsNoTracking().Where(t => t.Member == by.Id).OrderByDescending(t => t.MadeAt).Take(200)
            .Select(t => new TokenRow(t.Id, t.Name, t.Scope, t.Ending, t.MadeAt, t.ExpiresAt, t.LastUsedAt)).ToListAsync(ct);

    /// <summary>Makes one of the member's own useless.</summary>
    public async Task<Refusal?> RevokeAsync(TokenId id, Actor by, CancellationToken ct)
    {
        if (await db.Set<ApiToken>().SingleOrDefaultAsync(t => t.Id == id && t.Member == by.Id, ct) is not { } token) return Refusal.Missing("token");
        db.Remove(token);
        return await db.SaveAsync(by, ct);
    }
}
