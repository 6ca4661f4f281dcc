namespace Rapport.Channels.Mail;

/// <summary>Where a mail lies: the file, and the byte it begins at within it (0 but for an mbox).</summary>
public sealed record MailPosition(string Source, long Offset);

/// <summary>One raw mail of a source, or why there is none.</summary>
/// <param name="Source">The path of its file.</param>
/// <param name="Index">Its place in that file, from 0.</param>
/// <param name="Offset">The byte of the file it begins at.</param>
/// <param name="Next">The byte of the file to go on from after it.</param>
/// <param name="Bytes">The mail without the mbox's own lines and marks; null when there is a problem instead.</param>
/// <param name="Problem">A sentence that names the file and says what to do.</param>
public sealed record RawMail(string Source, int Index, long Offset, long Next, byte[]? Bytes, string? Problem);

/// <summary>Opens what people have their mail in (mbox files, Maildirs, .eml files, folders of these) and hands out raw mails one at a time, in name order.</summary>
public static class MailSource
{
    /// <summary>A single mail beyond this is not read into memory, in bytes.</summary>
    public const int LargestMail = 256 * 1024 * 1024;

    private static readonly string[] MboxExtensions = [".mbox", ".mbx", ".mboxrd", ".mboxo"];
    private static readonly EnumerationOptions Listed = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    /// <summary>All mails of the paths, lazily; a file that cannot be read gives one problem and the rest goes on.</summary>
    /// <param name="from">The first mail to hand out, to resume; files before it are passed over.</param>
    public static IEnumerable<RawMail> Read(IReadOnlyList<string> paths, MailPosition? from = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var waiting = from is not null;
        foreach (var (file, problem) in paths.SelectMany(Files))
        {
            if (waiting && file != from!.Source) continue;
            var offset = waiting ? from!.Offset : 0;
            waiting = false;
            if (problem is not null) { yield return new(file, 0, 0, 0, null, problem); continue; }
            foreach (var mail in ReadFile(file, offset, ct)) yield return mail;
        }
    }

    /// <summary>The mail files of the paths with their lengths in bytes, for a progress bar.</summary>
    public static IEnumerable<(string File, long Length)> Sizes(IReadOnlyList<string> paths) =>
        paths.SelectMany(Files).Where(f => f.Problem is null).Select(f => (f.File, new FileInfo(f.File).Length));

    private static IEnumerable<(string File, string? Problem)> Files(string path)
    {
        if (File.Exists(path)) return [(path, null)];
        if (Directory.Exists(path)) return InFolder(path);
        return [(path, $"{path}: there is no such file or folder. Check the path.")];
    }

    private static IEnumerable<(string File, string? Problem)> InFolder(string root)
    {
        var folders = new Stack<string>([root]);
        while (folders.TryPop(out var folder))
        {
            string[] files = [], inner = [];
            string? problem = null;
            try
            {
                files = Directory.GetFiles(folder, "*", Listed);
                inner = Directory.GetDirectories(folder, "*", Listed);
            }
            catch (Exception unreadable) when (unreadable is UnauthorizedAccessException or IOException)
            {
                problem = $"{folder}: the folder cannot be opened ({unreadable.Message.TrimEnd('.')}). Check its permissions.";
            }
            if (problem is not null) yield return (folder, problem);

            var maildir = Path.GetFileName(folder) is "cur" or "new";
            foreach (var file in files.Order(StringComparer.Ordinal))
                if (LeadsNowhere(file) && !IsHidden(file)) yield return (file, $"{file}: it is a link to something that is not there. Mend the link, or remove it.");
                else if (IsMail(file, maildir)) yield return (file, null);
            // Mails in Maildir's tmp are not delivered yet.
            foreach (var next in inner.Where(i => !IsLink(i)).OrderDescending(StringComparer.Ordinal))
                if (Path.GetFileName(next) != "tmp" || !Directory.Exists(Path.Combine(folder, "cur"))) folders.Push(next);
        }
    }

    // A link to a file is read like the file; one to a folder might lead round in circles.
    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    private static bool LeadsNowhere(string file)
    {
        try
        {
            return new FileInfo(file).ResolveLinkTarget(returnFinalTarget: true) is { Exists: false };
        }
        catch (IOException)
        {
            // A link to itself.
            return true;
        }
    }

    private static bool IsHidden(string file) => Path.GetFileName(file).StartsWith('.');

    // In a folder other files may lie; only what looks like mail is taken.
    private static bool IsMail(string file, bool maildir)
    {
        if (IsHidden(file)) return false;
        var name = Path.GetFileName(file);
        if (maildir || name.EndsWith(".eml", StringComparison.OrdinalIgnoreCase) || IsMboxName(file)) return true;
        return Path.GetExtension(file).ToLowerInvariant() is "" or ".msg" or ".mail" or ".txt" && StartsLikeMail(file);
    }

    private static IEnumerable<RawMail> ReadFile(string file, long offset, CancellationToken ct)
    {
        FileStream? stream = null;
        string? problem = null;
        try
        {
            stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.SequentialScan);
        }
        catch (Exception unreadable) when (unreadable is UnauthorizedAccessException or IOException)
        {
            problem = $"{file}: the file cannot be opened ({unreadable.Message.TrimEnd('.')}). Check its permissions and that no other program holds it.";
        }
        if (stream is null) return [new(file, 0, 0, 0, null, problem)];
        if (stream.Length == 0)
        {
            stream.Dispose();
            return [new(file, 0, 0, 0, null, $"{file}: the file is empty. Export it again.")];
        }
        return IsMboxName(file) || Mbox.StartsWithFromLine(stream) ? Mbox.Read(file, stream, offset, ct) : [Single(file, stream)];
    }

    private static RawMail Single(string file, FileStream stream)
    {
        using var open = stream;
        if (stream.Length > LargestMail) return new(file, 0, 0, stream.Length, null, $"{file}: a single mail of more than {LargestMail >> 20} MB is not read. If it is a mailbox, name it .mbox.");
        try
        {
            var bytes = new byte[stream.Length];
            var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (read < bytes.Length) Array.Resize(ref bytes, read);
            return LooksLikeMail(bytes)
                ? new(file, 0, 0, bytes.Length, bytes, null)
                : new(file, 0, 0, bytes.Length, null, $"{file}: this is not a mail; it does not begin with mail headers. Check that it was exported as .eml or mbox.");
        }
        catch (IOException broken)
        {
            return new(file, 0, 0, 0, null, $"{file}: reading stopped ({broken.Message.TrimEnd('.')}). Copy the file to a sound disk and try again.");
        }
    }

    private static bool IsMboxName(string file) => Array.Exists(MboxExtensions, e => file.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    private static bool StartsLikeMail(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var start = new byte[4096];
            var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            return start.AsSpan(0, read).StartsWith("From "u8) || StartsWithHeaders(start.AsSpan(0, read));
        }
        catch (Exception unreadable) when (unreadable is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }

    // A file named as a mail is read generously: a header among its first lines is enough.
    private static bool LooksLikeMail(ReadOnlySpan<byte> bytes)
    {
        var start = bytes[..Math.Min(bytes.Length, 16 * 1024)];
        foreach (var range in start.Split((byte)'\n'))
            if (Mbox.IsHeader(start[range])) return true;
        return false;
    }

    private static bool StartsWithHeaders(ReadOnlySpan<byte> start)
    {
        var headers = 0;
        foreach (var range in start.Split((byte)'\n'))
        {
            var line = start[range];
            if (line.TrimEnd((byte)'\r').IsEmpty) break;
            if (line[0] is (byte)' ' or (byte)'\t') continue;
            if (!Mbox.IsHeader(line)) break;
            if (++headers >= 3) return true;
        }
        return false;
    }
}
