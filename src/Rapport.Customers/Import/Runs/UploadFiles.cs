using Microsoft.AspNetCore.Http;
using Rapport.Kernel.Database;

namespace Rapport.Customers.Import;

/// <summary>Stores uploaded files in our own folder, streamed and bounded, until their import is over.</summary>
public sealed class UploadFiles(DatabaseAddress address)
{
    /// <summary>Bytes of one upload; the command line takes larger files.</summary>
    public const long MostBytes = 120L * 1024 * 1024;

    private string Folder => Path.GetFullPath(Path.Combine(address.Folder, "imports"));

    /// <summary>The files as they lie with us.</summary>
    public async Task<Result<List<ImportFile>>> SaveAsync(IFormFileCollection uploaded, ImportId id, CancellationToken ct)
    {
        if (uploaded.Count == 0 || uploaded.All(f => f.Length == 0 && f.FileName.Length == 0)) return Refusal.Invalid("import.files", "Choose a file.", "file");
        if (uploaded.Count > Importers.MostFiles) return Importers.Number;
        OwnFolder.Make(address.Folder);
        OwnFolder.Make(Folder);
        var folder = OwnFolder.Make(Path.Combine(Folder, id.ToString()));
        var files = new List<ImportFile>();
        foreach (var one in uploaded)
        {
            var name = Path.GetFileName(one.FileName.Replace('\\', '/'));
            var ending = new string([.. Path.GetExtension(name).Where(char.IsAsciiLetterOrDigit).Take(10)]);
            // Where it lies is named by us: what it was called may be anything.
            var path = Path.Combine(folder, $"{files.Count + 1}.{ending}");
            await using (var to = File.Create(path)) await one.CopyToAsync(to, ct);
            files.Add(new(path, name.Length > 200 ? name[..200] : name));
        }
        return files;
    }

    /// <summary>Removes what was stored for an import that will not be.</summary>
    public void Remove(ImportId id)
    {
        if (Directory.Exists(Path.Combine(Folder, id.ToString()))) Directory.Delete(Path.Combine(Folder, id.ToString()), recursive: true);
    }
}
