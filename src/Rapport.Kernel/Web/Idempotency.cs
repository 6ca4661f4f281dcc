using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;
using Rapport.Kernel.Jobs;

namespace Rapport.Kernel.Web;

/// <summary>The answer to a POST that carried an <c>Idempotency-Key</c>, kept so that sending it again does nothing twice.</summary>
internal sealed class IdempotentAnswer
{
    public byte[] Key { get; init; } = [];
    public byte[] Request { get; init; } = [];
    public DateTimeOffset At { get; init; }
    public int? Status { get; set; }
    public string? ContentType { get; set; }
    public string? Location { get; set; }
    public string? ETag { get; set; }
    public byte[]? Body { get; set; }
}

internal sealed class IdempotentAnswerTable : IEntityTypeConfiguration<IdempotentAnswer>
{
    public void Configure(EntityTypeBuilder<IdempotentAnswer> builder)
    {
        builder.ToTable("idempotent_answers");
        builder.HasKey(a => a.Key);
        builder.HasIndex(a => a.At);
    }
}

/// <summary>
/// Does a POST to the API once, however often it is sent with the same <c>Idempotency-Key</c> within a day (draft-ietf-httpapi-idempotency-key-header).
/// The key counts per caller and path. A key that comes back with another body is refused; one whose first request is still under way is a conflict,
/// and so is one whose first request was killed half-way: whether it was done, nobody knows, so it is not done again.
/// </summary>
public sealed class Idempotency(RequestDelegate next)
{
    /// <summary>The header.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>No request takes longer; one that is still without an answer then was killed.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>The most characters of a key.</summary>
    public const int LongestKey = 200;

    private static readonly Refusal UnderWay = Refusal.Conflict("idempotency.under-way", "The first request with this key is still under way. Send it again in a moment.");

    /// <summary>Handles one request.</summary>
    public async Task InvokeAsync(HttpContext http, RapportDb db, TimeProvider clock)
    {
        var key = http.Request.Headers[Header].ToString();
        if (key.Length == 0 || !HttpMethods.IsPost(http.Request.Method) || !http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            await next(http);
            return;
        }
        if (key.Length > LongestKey)
        {
            await Refusal.Invalid("idempotency.key", $"An {Header} has at most {LongestKey} characters.").ToProblem().ExecuteAsync(http);
            return;
        }
        var who = http.User.FindFirst(ClaimTypes.NameIdentifier)?.Value;
        var seal = new SealedAnswer($"{who}\n{http.Request.Headers.Authorization}\n{http.Request.Path}\n{key}");
        var answer = new IdempotentAnswer { Key = seal.Name, Request = await HashRequestAsync(http), At = clock.GetUtcNow() };
        if (await db.Set<IdempotentAnswer>().AsNoTracking().SingleOrDefaultAsync(a => a.Key == answer.Key, http.RequestAborted) is { } earlier && earlier.At > answer.At - Kept)
            await RepeatAsync(http, earlier, answer, seal);
        else
            await DoAsync(http, db, answer, seal);
    }

    private static async Task RepeatAsync(HttpContext http, IdempotentAnswer earlier, IdempotentAnswer now, SealedAnswer seal)
    {
        if (!earlier.Request.AsSpan().SequenceEqual(now.Request))
            await Refusal.Invalid("idempotency.reused", $"This {Header} came before with another body. Make a new key for a new request.").ToProblem().ExecuteAsync(http);
        else if (earlier.Status is null && now.At - earlier.At > Longest)
            await Refusal.Conflict("idempotency.interrupted", "The first request with this key was interrupted. Look whether it was done; if not, send it with a new key.").ToProblem().ExecuteAsync(http);
        else if (earlier.Status is null)
            await UnderWay.ToProblem().ExecuteAsync(http);
        else
        {
            http.Response.StatusCode = earlier.Status.Value;
            http.Response.ContentType = earlier.ContentType;
            if (!string.IsNullOrEmpty(earlier.Location)) http.Response.Headers.Location = earlier.Location;
            if (!string.IsNullOrEmpty(earlier.ETag)) http.Response.Headers.ETag = earlier.ETag;
            await http.Response.Body.WriteAsync(seal.Open(earlier.Body!), http.RequestAborted);
        }
    }

    private async Task DoAsync(HttpContext http, RapportDb db, IdempotentAnswer answer, SealedAnswer seal)
    {
        // Only what is too old: another that came at the same time may have taken the key a moment ago.
        var old = answer.At - Kept;
        await db.Set<IdempotentAnswer>().Where(a => a.Key == answer.Key && a.At <= old).ExecuteDeleteAsync(http.RequestAborted);
        db.Add(answer);
        if (await db.SaveAsync(Actor.Rapport, http.RequestAborted) is not null)
        {
            await UnderWay.ToProblem().ExecuteAsync(http);
            return;
        }
        db.ChangeTracker.Clear();
        var (target, kept) = (http.Response.Body, new MemoryStream());
        http.Response.Body = kept;
        var done = false;
        try
        {
            await next(http);
            done = http.Response.StatusCode < StatusCodes.Status500InternalServerError;
        }
        finally
        {
            http.Response.Body = target;
            db.ChangeTracker.Clear();
            var stored = db.Set<IdempotentAnswer>().Where(a => a.Key == answer.Key);
            // A failure of ours is not an answer: the same key may try again.
            if (done) await stored.ExecuteUpdateAsync(s => s.SetProperty(a => a.Status, http.Response.StatusCode).SetProperty(a => a.ContentType, http.Response.ContentType)
                .SetProperty(a => a.Location, http.Response.Headers.Location.ToString()).SetProperty(a => a.ETag, http.Response.Headers.ETag.ToString())
                .SetProperty(a => a.Body, seal.Close(kept.ToArray())), CancellationToken.None);
            else await stored.ExecuteDeleteAsync(CancellationToken.None);
        }
        kept.Position = 0;
        await kept.CopyToAsync(target, http.RequestAborted);
    }

    private static async Task<byte[]> HashRequestAsync(HttpContext http)
    {
        http.Request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.QueryString}\n"));
        var buffer = new byte[64 * 1024];
        for (int read; (read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0;) hash.AppendData(buffer, 0, read);
        http.Request.Body.Position = 0;
        return hash.GetHashAndReset();
    }
}

/// <summary>Forgets answers that nobody asks for again.</summary>
internal sealed class ForgetIdempotentAnswers(RapportDb db, TimeProvider clock) : IJob
{
    public Task RunAsync(CancellationToken ct)
    {
        var old = clock.GetUtcNow() - Idempotency.Kept;
        return db.Set<IdempotentAnswer>().Where(a => a.At < old).ExecuteDeleteAsync(ct);
    }
}
