namespace Rapport.Tests.Customers;

/// <summary>A folder of its own for the files of one test, gone with it.</summary>
internal sealed class TempFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rapport-people-").FullName;
    private int _count;

    public string Write(string name, byte[] content)
    {
        var path = PathOf(name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public string PathOf(string name) => Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, $"{++_count}")).FullName, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
