namespace Rapport.Channels;

/// <summary>Instead of the network a folder: each mail a file. For the demo, and to look at what would go out.</summary>
internal sealed class FolderWayOut(string folder) : IWayOut
{
    public async Task<HandedOver> HandOverAsync(Errand errand, CancellationToken ct)
    {
        try
        {
            Directory.CreateDirectory(folder);
            // Whole or not at all, under a name that sorts by time.
            var path = Path.Combine(folder, $"{errand.Interaction}.eml");
            await File.WriteAllBytesAsync(path + ".part", errand.Mail, ct);
            File.Move(path + ".part", path, overwrite: true);
            return new(errand.Recipients.ToDictionary(r => r, _ => new Answer(AnswerKind.Taken, "Delivered to the folder for outgoing mail.")), null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            var trouble = new MailTrouble(MailTroubleKind.Ours, $"The folder {folder} for outgoing mail cannot be written: {failure.Message}");
            return new(errand.Recipients.ToDictionary(r => r, _ => new Answer(AnswerKind.Later, trouble.Sentence)), trouble);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
