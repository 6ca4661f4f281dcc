using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;

namespace Rapport.Members;

/// <summary>The owner as the first-run page asks for them.</summary>
public sealed record NewMember(string? Name, string? Email, string? Password);

/// <summary>The first run: makes the owner and writes down who we are.</summary>
public sealed class SetUpRapport(RapportDb db, UserManager<Member> accounts, TimeProvider clock)
{
    /// <summary>With the secret of a welcome link. Everything that is wrong comes back at once, a field each.</summary>
    public async Task<(Member? Owner, IReadOnlyList<Refusal> Problems)> RunAsync(string token, NewMember owner, NewInstallation us, CancellationToken ct)
    {
        if (await db.LinkAsync(LinkKind.Welcome, token, clock, ct) is not { } link) return (null, [LinkQueries.Gone]);
        return await RunAsync(link, owner, us, ct);
    }

    /// <summary>Without a link, for whoever has the machine: the demo, tests.</summary>
    public async Task<(Member? Owner, IReadOnlyList<Refusal> Problems)> RunAsync(NewMember owner, NewInstallation us, CancellationToken ct) =>
        await db.HasOwnerAsync(ct) ? (null, [Refusal.Conflict("installation.set-up", "Rapport is set up already.")]) : await RunAsync((OneTimeLink?)null, owner, us, ct);

    private async Task<(Member? Owner, IReadOnlyList<Refusal> Problems)> RunAsync(OneTimeLink? link, NewMember owner, NewInstallation us, CancellationToken ct)
    {
        var problems = us.Problems().ToList();
        if (!Member.Join(owner.Name, owner.Email, Roles.Owner, clock).Succeeded(out var member, out var refusal))
            return (null, [refusal with { Field = refusal.Field == "name" ? "ownerName" : refusal.Field }, .. problems]);
        if (PasswordRules.Check(owner.Password, member.Name, member.Email) is { } weak) problems.Insert(0, weak);
        if (problems.Count > 0) return (null, problems);

        if (await accounts.CreateAsync(member, owner.Password!) is { Succeeded: false } refused) return (null, [refused.ToRefusal()]);
        if (await db.InstallationAsync(ct) is { } again) us.Apply(again);
        else
        {
            var installation = new OurInstallation { SigningKey = RandomNumberGenerator.GetBytes(32), SetUpAt = clock.GetUtcNow() };
            us.Apply(installation);
            db.Add(installation);
        }
        if (link is not null) db.Remove(link);
        db.Happened(new RapportSetUp(member.Id), member.Actor);
        db.Happened(new MemberJoined(member.Id), member.Actor);
        return await db.SaveAsync(member.Actor, ct) is { } late ? (null, [late]) : (member, []);
    }
}
