using Microsoft.AspNetCore.Identity;
using Rapport.Kernel.Search;

namespace Rapport.Members;

/// <summary>What makes a password good enough: length, and that nobody would try it first (NIST SP 800-63B). No rules on its composition.</summary>
internal sealed class PasswordRules : IPasswordValidator<Member>
{
    public const int Shortest = 12, Longest = 200;

    // What people write when twelve characters are asked for. Compared without digits and signs at either end.
    private static readonly HashSet<string> Obvious =
    [
        "password", "passwordpassword", "passwort", "passwortpasswort", "motdepasse", "contrasena", "wachtwoord", "letmein", "letmeinplease", "letmeinletmein",
        "welcome", "welcometo", "welcomehome", "welcomewelcome", "administrator", "administration", "adminadmin", "adminadminadmin", "changeme", "changemeplease",
        "changethis", "changemechangeme", "iloveyou", "iloveyouforever", "iloveyousomuch", "correcthorsebatterystaple", "correcthorse", "secret", "topsecret", "supersecret", "secretsecret",
        "trustno", "trustnoone", "opensesame", "qwertyuiop", "qwertyqwerty", "qwertzuiop", "azertyuiop", "asdfghjkl", "asdfasdfasdf", "rapport", "rapportrapport", "customers",
        "princess", "football", "footballfootball", "baseball", "superman", "sunshine", "dragon", "monkey", "starwars", "abcdefghijkl", "abcdefghijklm", "summer", "winter", "spring", "autumn",
        "thisismypassword", "mypassword", "mysecretpassword", "newpassword", "temporary", "temppassword", "defaultpassword", "testtesttest", "testpassword",
    ];

    private const string Runs = "abcdefghijklmnopqrstuvwxyz|01234567890123456789|qwertyuiop|qwertzuiop|azertyuiop|asdfghjkl|zxcvbnm|yxcvbnm|1qaz2wsx3edc4rfv|1q2w3e4r5t6y7u8i9o0p";

    /// <summary>What is wrong with it, or null.</summary>
    public static Refusal? Check(string? password, string name, string email)
    {
        password ??= "";
        if (password.Length < Shortest) return Wrong($"Take at least {Shortest} characters; a few words in a row are easy to remember.");
        if (password.Length > Longest) return Wrong($"Take at most {Longest} characters.");
        var core = Core(password);
        if (Obvious.Contains(core) || Repeats(password) || Runs.Split('|').Any(run => InRun(password.ToLowerInvariant(), run)))
            return Wrong("That is among the first that somebody would try. Take a few words that only you would put together.");
        return IsOneself(core, password, name, email) ? Wrong("That is little more than your own name or address. Take something that nobody would guess.") : null;
    }

    /// <summary>As Identity asks, whenever a password is set.</summary>
    public Task<IdentityResult> ValidateAsync(UserManager<Member> manager, Member user, string? password) =>
        Task.FromResult(Check(password, user.Name, user.Email) is { } weak ? IdentityResult.Failed(new IdentityError { Code = weak.Code, Description = weak.Message }) : IdentityResult.Success);

    private static Refusal Wrong(string message) => Refusal.Invalid("password.weak", message, "password");

    private static string Core(string password) => TextFold.Fold(password).Trim([.. "0123456789!?.,;:-_+*#$%&/()=@ \"'"]).Replace(" ", "", StringComparison.Ordinal);

    private static bool IsOneself(string core, string password, string name, string email)
    {
        if (password.Contains(email, StringComparison.OrdinalIgnoreCase) && email.Length > 0) return true;
        var folded = TextFold.Fold(name);
        var words = folded.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (local, domain) = (email.Split('@')[0].ToLowerInvariant(), email[(email.LastIndexOf('@') + 1)..].ToLowerInvariant());
        string[] own = [string.Concat(words), string.Concat(words.Reverse()), .. words, local, local.Replace(".", "", StringComparison.Ordinal), domain, domain.Split('.')[0]];
        return core.Length == 0 || own.Any(each => each.Length > 2 && (core == each || core == each + each));
    }

    // "aaaaaaaaaaaa", "abcabcabcabc", "12341234123412".
    private static bool Repeats(string password) =>
        Enumerable.Range(1, 4).Any(period => !password.Where((c, i) => i >= period && c != password[i - period]).Any());

    private static bool InRun(string password, string run)
    {
        var steps = password.Zip(password.Skip(1)).Count(pair => run.Contains($"{pair.First}{pair.Second}", StringComparison.Ordinal) || run.Contains($"{pair.Second}{pair.First}", StringComparison.Ordinal));
        return steps >= password.Length * 3 / 4;
    }
}
