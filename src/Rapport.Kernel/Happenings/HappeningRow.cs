using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;

namespace Rapport.Kernel.Happenings;

/// <summary>A happening on its way to one listener. The row goes when the listener has heard.</summary>
internal sealed class HappeningRow
{
    public const int MostAttempts = 8;

    private HappeningRow() { }

    public Guid Id { get; private init; }
    public string Kind { get; private init; } = "";
    public string Listener { get; private init; } = "";
    public string Body { get; private init; } = "";
    public MemberId By { get; private init; }
    public string ByName { get; private init; } = "";
    public Roles ByRoles { get; private init; }
    public DateTimeOffset At { get; private init; }
    public DateTimeOffset DueAt { get; private set; }
    public int Attempts { get; private set; }
    public DateTimeOffset? DeadAt { get; private set; }
    public string? Failure { get; private set; }

    public static HappeningRow Of<T>(T happening, Actor by, TimeProvider clock) where T : class, IHappening
    {
        var now = clock.GetUtcNow();
        return new() { Kind = happening.GetType().Name, Body = JsonSerializer.Serialize(happening, Json.Options), By = by.Id, ByName = by.Name, ByRoles = by.Roles, At = now, DueAt = now };
    }

    /// <summary>One row for each listener; none when nobody listens.</summary>
    public void AddTo(RapportDb db, HappeningListeners listeners)
    {
        if (listeners.Kind(Kind) is not { } kind) return;
        foreach (var listener in listeners.Of(kind))
            db.Add(new HappeningRow { Id = Ids.NewGuid(At), Kind = Kind, Listener = listener.Name, Body = Body, By = By, ByName = ByName, ByRoles = ByRoles, At = At, DueAt = At });
    }

    public Actor Actor => new(By, ByName, ByRoles);

    /// <summary>Waits 1 s, 2 s, 4 s ... before it is tried again; after the last attempt it stays as a dead letter.</summary>
    public void Failed(Exception failure, DateTimeOffset now)
    {
        Attempts++;
        // A sentence for staff; where it came from stands in the log.
        var sentence = $"{failure.Message.ReplaceLineEndings(" ")} ({failure.GetType().Name})";
        Failure = sentence.Length > 2000 ? sentence[..2000] : sentence;
        DueAt = now.AddSeconds(Math.Pow(2, Attempts - 1));
        if (Attempts >= MostAttempts) DeadAt = now;
    }

    public void Revive(DateTimeOffset now) => (Attempts, DeadAt, DueAt) = (0, null, now);
}

internal sealed class HappeningTable : IEntityTypeConfiguration<HappeningRow>
{
    public void Configure(EntityTypeBuilder<HappeningRow> builder)
    {
        builder.ToTable("happenings");
        builder.HasKey(h => h.Id);
        builder.HasIndex(h => new { h.DeadAt, h.DueAt });
    }
}
