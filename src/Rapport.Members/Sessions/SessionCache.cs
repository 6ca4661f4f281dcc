using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authentication;

namespace Rapport.Members;

/// <summary>A session as it was read from the database.</summary>
internal sealed record KnownSession(MemberId Member, SessionId Session, AuthenticationTicket Ticket);

/// <summary>Spares the database a look at the session on every request. What this node ends is forgotten at once; what another node ends, within <see cref="Keeps"/>.</summary>
internal sealed class SessionCache(TimeProvider clock)
{
    public static readonly TimeSpan Keeps = TimeSpan.FromSeconds(5);
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, (KnownSession Session, DateTimeOffset Until)> known = new();

    public KnownSession? Find(string keyHash) =>
        known.TryGetValue(keyHash, out var found) && found.Until > clock.GetUtcNow() ? found.Session : null;

    public void Keep(string keyHash, KnownSession session)
    {
        if (known.Count >= Most) known.Clear();
        known[keyHash] = (session, clock.GetUtcNow() + Keeps);
    }

    public void ForgetKey(string keyHash) => known.TryRemove(keyHash, out _);

    /// <summary>After a session's end.</summary>
    public void Forget(SessionId session) => Forget(known => known.Session == session);

    /// <summary>After any change of a member.</summary>
    public void Forget(MemberId member) => Forget(known => known.Member == member);

    /// <summary>After a change of the installation, which everybody's identity has in it.</summary>
    public void ForgetAll() => known.Clear();

    private void Forget(Func<KnownSession, bool> which)
    {
        foreach (var (key, value) in known)
            if (which(value.Session)) known.TryRemove(key, out _);
    }
}
