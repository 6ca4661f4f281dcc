using Rapport.Kernel.Database;

namespace Rapport.Demo;

/// <summary>Runs deeds at their moments, many to a transaction: one by one a year would take minutes.</summary>
internal sealed class DemoDeeds(IServiceProvider services, DemoClock clock)
{
    private const int AtOnce = 200;

    /// <summary>Something to be done at a moment.</summary>
    public readonly record struct Deed(DateTimeOffset At, Func<IServiceProvider, Task> RunAsync);

    public async Task RunAsync(IEnumerable<Deed> deeds, CancellationToken ct)
    {
        foreach (var some in deeds.Chunk(AtOnce))
        {
            await using var scope = services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<RapportDb>();
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            foreach (var deed in some)
            {
                clock.MoveTo(deed.At);
                await deed.RunAsync(scope.ServiceProvider);
                db.ChangeTracker.Clear();
            }
            await transaction.CommitAsync(ct);
        }
    }

    /// <summary>A deed that has a transaction of its own.</summary>
    public async Task AloneAsync(Func<IServiceProvider, Task> deed)
    {
        await using var scope = services.CreateAsyncScope();
        await deed(scope.ServiceProvider);
    }

    public Task RunAsync(DateTimeOffset at, IEnumerable<Func<IServiceProvider, Task>> deeds, CancellationToken ct) => RunAsync(deeds.Select(run => new Deed(at, run)), ct);
}

/// <summary>Deeds that must not be refused: a refusal would be a mistake in the play.</summary>
internal static class Unrefused
{
    public static async Task<T> OrFailAsync<T>(this Task<Result<T>> deed) =>
        (await deed).Succeeded(out var value, out var refusal) ? value : throw Failed(refusal);

    public static async Task OrFailAsync(this Task<Refusal?> deed)
    {
        if (await deed is { } refusal) throw Failed(refusal);
    }

    private static InvalidOperationException Failed(Refusal refusal) => new($"The demo was refused: {refusal.Code} {refusal.Message}");
}
