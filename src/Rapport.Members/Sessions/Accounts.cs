using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Rapport.Members;

/// <summary>Identity's user manager, by our clock: its own lockout asks the machine's, which no test can move.</summary>
internal sealed class Accounts(
    IUserStore<Member> store, IOptions<IdentityOptions> options, IPasswordHasher<Member> hasher, IEnumerable<IUserValidator<Member>> users, IEnumerable<IPasswordValidator<Member>> passwords,
    ILookupNormalizer names, IdentityErrorDescriber errors, IServiceProvider services, ILogger<UserManager<Member>> log, TimeProvider clock)
    : UserManager<Member>(store, options, hasher, users, passwords, names, errors, services, log)
{
    public override Task<bool> IsLockedOutAsync(Member user) => Task.FromResult(user.LockedUntil > clock.GetUtcNow());

    public override Task<IdentityResult> AccessFailedAsync(Member user)
    {
        if (++user.FailedSignIns >= Options.Lockout.MaxFailedAccessAttempts)
            (user.FailedSignIns, user.LockedUntil) = (0, clock.GetUtcNow() + Options.Lockout.DefaultLockoutTimeSpan);
        return UpdateUserAsync(user);
    }
}
