namespace Rapport.Channels.Mail;

/// <summary>Shows how plain text bodies are split into reply and quoted part, one JSON object a file, and changes nothing.</summary>
public static class InspectReply
{
    private const int LargestBody = 16 * 1024 * 1024;

    /// <returns>Always 0: what cannot be read is a line with its problem.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> paths, TextWriter output, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(output);
        foreach (var file in paths.SelectMany(Files))
            await output.WriteLineAsync(InspectJson.Line(await ReadAsync(file, ct), nulls: false).AsMemory(), ct);
        return 0;
    }

    private static IEnumerable<string> Files(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }).Order(StringComparer.Ordinal) : [path];

    private static async Task<ReplyRow> ReadAsync(string file, CancellationToken ct)
    {
        try
        {
            if (new FileInfo(file).Length > LargestBody) return new(file, "", "", [$"{file}: it is larger than 16 MB, too large for the body of a mail."]);
            var problems = new List<string>();
            var body = MailText.Clean(MailCharset.Decode(await File.ReadAllBytesAsync(file, ct), null, problems));
            var split = ReplyText.Split(body);
            return new(file, split.Reply, split.Quoted, problems.Count > 0 ? problems : null);
        }
        catch (Exception unreadable) when (unreadable is UnauthorizedAccessException or IOException)
        {
            return new(file, "", "", [$"{file}: the file cannot be opened ({unreadable.Message.TrimEnd('.')}). Check the path and its permissions."]);
        }
    }

    private sealed record ReplyRow(string File, string Reply, string Quoted, IReadOnlyList<string>? Problems);
}
