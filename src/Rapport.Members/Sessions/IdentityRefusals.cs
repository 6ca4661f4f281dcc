using Microsoft.AspNetCore.Identity;

namespace Rapport.Members;

/// <summary>What Identity refused, as a value of ours. Our own rules are its only password validator, so code and sentence are ours already.</summary>
internal static class IdentityRefusals
{
    /// <summary>The first thing that is wrong, beside the field of the password.</summary>
    public static Refusal ToRefusal(this IdentityResult refused) =>
        refused.Errors.First() is { } error ? Refusal.Invalid(error.Code, error.Description, "password") : throw new InvalidOperationException("Identity refused without a reason.");
}
