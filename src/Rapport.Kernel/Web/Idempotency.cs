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
/// The key counts per caller and path. A key that comes back with another body is refused; one whose first request is still under way is a conflict.
/// </summary>
public sealed class Idempotency(RequestDelegate next)
{
    /// <summary>The header.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private const int LongestKey = 200, LargestBody = 1024 * 1024;

    /// <summary>Handles one request.</summary>
    public async Task InvokeAsync(HttpContext http, RapportDb db, TimeProvider clock)
    {
        var key = http.Request.Headers[Header].ToString();
        if (key.Length == 0 || !HttpMethods.IsPost(http.Request.Method) || !http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            await next(http);
            return;
        }
        if (key.Length > LongestKey || http.Request.ContentLength > LargestBody)
        {
            await Refusal.Invalid("idempotency.too-large", $"An {Header} has at most {LongestKey} characters, and goes with a body of at most 1 MB.").ToProblem().ExecuteAsync(http);
            return;
        }
        var answer = new IdempotentAnswer { Key = Hash($"{http.User.Identity?.Name}\n{http.Request.Headers.Authorization}\n{http.Request.Path}\n{key}"), Request = await HashBodyAsync(http), At = clock.GetUtcNow() };
        if (await db.Set<IdempotentAnswer>().AsNoTracking().SingleOrDefaultAsync(a => a.Key == answer.Key, http.RequestAborted) is { } earlier && earlier.At > answer.At - Kept)
            await RepeatAsync(http, earlier, answer);
        else
            await DoAsync(http, db, answer);
    }

    private static async Task RepeatAsync(HttpContext http, IdempotentAnswer earlier, IdempotentAnswer now)
    {
        if (!earlier.Request.AsSpan().SequenceEqual(now.Request))
            await Refusal.Invalid("idempotency.reused", $"This {Header} came before with another body. Make a new key for a new request.").ToProblem().ExecuteAsync(http);
        else if (earlier.Status is null)
            await Refusal.Conflict("idempotency.under-way", "The first request with this key is still under way. Send it again in a moment.").ToProblem().ExecuteAsync(http);
        else
        {
            http.Response.StatusCode = earlier.Status.Value;
            http.Response.ContentType = earlier.ContentType;
            if (earlier.Location is not null) http.Response.Headers.Location = earlier.Location;
            await http.Response.Body.WriteAsync(earlier.Body, http.RequestAborted);
        }
    }

    private async Task DoAsync(HttpContext http, RapportDb db, IdempotentAnswer answer)
    {
        await db.Set<IdempotentAnswer>().Where(a => a.Key == answer.Key).ExecuteDeleteAsync(http.RequestAborted);
        db.Add(answer);
        try
        {
            await db.SaveAsync(Actor.Rapport, http.RequestAborted);
        }
        catch (DbUpdateException)
        {
            await Refusal.Conflict("idempotency.under-way", "The first request with this key is still under way. Send it again in a moment.").ToProblem().ExecuteAsync(http);
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
                .SetProperty(a => a.Location, http.Response.Headers.Location.ToString()).SetProperty(a => a.Body, kept.ToArray()), CancellationToken.None);
            else await stored.ExecuteDeleteAsync(CancellationToken.None);
        }
        kept.Position = 0;
        await kept.CopyToAsync(target, http.RequestAborted);
    }

    private static async Task<byte[]> HashBodyAsync(HttpContext http)
    {
        http.Request.EnableBuffering();
        var hash = await SHA256.HashDataAsync(http.Request.Body, http.RequestAborted);
        http.Request.Body.Position = 0;
        return hash;
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
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
