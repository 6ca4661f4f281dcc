using Microsoft.AspNetCore.Identity;

namespace Rapport.Members;

/// <summary>Writes and compares passwords with Identity's hasher (PBKDF2, salted).</summary>
internal sealed class Passwords(IPasswordHasher<Member> hasher)
{
    // Compared with when there is no such account, so that the answer takes as long.
    private string? nobodys;

    public string Hash(string password) => hasher.HashPassword(null!, password);

    /// <summary>Whether it is the member's; false for nobody's, after as much work. Hashed anew where the hasher has become stronger.</summary>
    public bool IsRight(Member? member, string password)
    {
        var hash = member?.PasswordHash ?? (nobodys ??= Hash("nobody has this password"));
        if (password.Length > PasswordRules.Longest) password = "";
        var verdict = hasher.VerifyHashedPassword(member!, hash, password);
        if (member is not null && verdict == PasswordVerificationResult.SuccessRehashNeeded) member.PasswordHash = Hash(password);
        return member is not null && verdict != PasswordVerificationResult.Failed;
    }
}
