namespace Rapport.Demo;

/// <summary>A clock that is moved from event to event, so that what the demo writes down is dated when it happened.</summary>
internal sealed class DemoClock(DateTimeOffset at) : TimeProvider
{
    private DateTimeOffset now = at;

    public override DateTimeOffset GetUtcNow() => now;

    public void MoveTo(DateTimeOffset moment) => now = moment.ToUniversalTime();
}
