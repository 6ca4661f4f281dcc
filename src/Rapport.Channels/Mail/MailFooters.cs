using System.Buffers;

namespace Rapport.Channels.Mail;

/// <summary>Lines that a device, a mail program, a mailing list or a company adds below what was written.</summary>
internal static class MailFooters
{
    private static readonly string[] SentFrom = [.. MailLanguages.All.SelectMany(l => l.SentFrom).Distinct()];
    private static readonly Beginnings SentFromStarts = new(SentFrom);

    private static readonly SearchValues<string> Devices = SearchValues.Create(
        ["iphone", "ipad", "ipod", "android", "mobile", "mobil", "phone", "galaxy", "blackberry", "samsung", "htc", "nexus", "pixel", "huawei", "xiaomi", "nokia", "motorola",
         "windows", "tablet", "smartphone", "outlook", "yahoo", "gmail", "k-9", "airmail", "mailbox", "cell", "device", "handy", "proton", "thunderbird", "телефон", "手机", "手機", "휴대"],
        StringComparison.Ordinal);

    private static readonly string[] LooseJoints = [" from ", " by ", " via ", " on "];
    private static readonly string[] LooseDevices = ["mobile", "phone", "iphone", "ipad", "ipod", "android", "blackberry", "galaxy", "my cell", "tablet"];

    private static readonly Beginnings Footers = new(
    [
        "to unsubscribe", "unsubscribe from this", "you received this message because", "you are receiving this", "you're receiving this", "to view this discussion",
        "reply to this email directly", "this sf.net email is sponsored", "do you yahoo!?", "get your free download of msn", "join the world's largest e-mail service",
        "chat with friends online, try msn", "send and receive hotmail", "msn photos is the easiest", "add photos to your messages with msn",
        "this e-mail and any attachments", "this email and any attachments", "this e-mail, including any attachments", "this email and its attachments", "this message and any attachments",
        "this message (including any attachments)", "the information contained in this e", "this communication is confidential", "this email is confidential", "confidentiality notice", "disclaimer:",
        "diese e-mail enthält vertrauliche", "diese nachricht und alle", "der inhalt dieser e-mail ist vertraulich", "ce message et toutes les pièces jointes", "ce courriel et", "este mensaje y sus archivos", "este correo electrónico y",
        "questo messaggio è riservato", "le informazioni contenute nella presente", "dit bericht en eventuele bijlagen", "dit e-mailbericht is", "esta mensagem pode conter", "esta mensagem e", "denna e-post",
        "--- outgoing mail is certified virus free", "outgoing mail is certified virus free", "this email has been checked for viruses", "virus-free.", "diese e-mail wurde von avast",
        "please consider the environment before printing", "think before you print",
    ]);

    /// <summary>"Sent from my iPhone" and its kin, alone on a line.</summary>
    public static bool IsSignature(string folded)
    {
        if (folded.Length > 160) return false;
        var core = folded.Trim('(', ')', '<', '>', '[', ']', '*', '_', '-', '"', ' ');
        var calm = core.Length > 0 && core[^1] is not ('.' or '?' or '!' or ',');
        var words = core.AsSpan().Count(' ') + 1;
        var device = core.AsSpan().ContainsAny(Devices);
        if (!device && (!calm || words > 6)) return false;
        var start = SentFromStarts.Of(core);
        if (device && (start is not null || Array.Exists(SentFrom, s => core.EndsWith(s, StringComparison.Ordinal)))) return true;
        if (calm && words <= 6 && start is not null && start.Contains(' ', StringComparison.Ordinal)) return true;
        return calm && words <= 5 && Array.Exists(LooseDevices, d => core.EndsWith(d, StringComparison.Ordinal)
            && Array.Exists(LooseJoints, j => (" " + core[..^d.Length]).EndsWith(j, StringComparison.Ordinal)));
    }

    public static bool IsFooter(string folded)
    {
        var core = folded.TrimStart('*', '-', '_', '#', '=', ' ', '[');
        if (folded.Contains("yahoo! groups sponsor", StringComparison.Ordinal)) return true;
        return Footers.Of(core) is not null;
    }
}
