using System.Collections.Concurrent;

namespace Rapport.Members;

/// <summary>Counts failed sign-ins per address signed in by, whether or not there is such an account, so that nobody can tell which it is. In memory: a restart forgives.</summary>
internal sealed class SignInThrottle(TimeProvider clock)
{
    /// <summary>So many failures in a row close the account to further attempts for <see cref="Closed"/>.</summary>
    public const int MostFailures = 5;
    public static readonly TimeSpan Closed = TimeSpan.FromMinutes(5);
    private const int Most = 100_000;

    private readonly ConcurrentDictionary<string, (int Failures, DateTimeOffset At)> attempts = new();

    /// <summary>Takes an attempt before it is looked at, so that many at once count too. False while closed.</summary>
    public bool Take(string key)
    {
        var now = clock.GetUtcNow();
        if (attempts.Count >= Most) ForgetOld(now);
        var taken = attempts.AddOrUpdate(key, _ => (1, now), (_, before) => now - before.At >= Closed ? (1, now) : (before.Failures + 1, before.Failures >= MostFailures ? before.At : now));
        return taken.Failures <= MostFailures;
    }

    /// <summary>After a success, or a new password.</summary>
    public void Forgive(string key) => attempts.TryRemove(key, out _);

    private void ForgetOld(DateTimeOffset now)
    {
        foreach (var (key, value) in attempts)
            if (now - value.At >= Closed) attempts.TryRemove(key, out _);
        if (attempts.Count >= Most) attempts.Clear();
    }
}
