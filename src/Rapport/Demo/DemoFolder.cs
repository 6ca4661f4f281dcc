using System.Text.Json;
using Rapport.Kernel.Database;

namespace Rapport.Demo;

/// <summary>The folder of a demo, with a note in it that says so: what has no such note is somebody's own, and is left alone.</summary>
internal sealed class DemoFolder(string path)
{
    /// <summary>What the note says: a demo that is not ready was interrupted.</summary>
    public sealed record DemoNote(int Seed, DateOnly Day, string SignsInAs, bool Ready);

    private string NotePath => Path.Combine(path, "demo.json");

    public DatabaseAddress Address => DatabaseAddress.Of(null, path);

    /// <summary>Whether there is an installation here that is no demo.</summary>
    public bool IsSomebodys => File.Exists(Address.File!) && !File.Exists(NotePath);

    /// <summary>The demo of that seed and day, ready to be shown; null when it has to be made.</summary>
    public DemoNote? Ready(int seed, DateOnly day) => Read() is { Ready: true } note && note.Seed == seed && note.Day == day && File.Exists(Address.File!) ? note : null;

    /// <summary>Empties it of an earlier demo, and says that there will be one.</summary>
    public void Begin(int seed, DateOnly day)
    {
        OwnFolder.Make(path);
        Write(new(seed, day, "", false));
        foreach (var file in Directory.GetFiles(path, Path.GetFileName(Address.File!) + "*")) File.Delete(file);
    }

    public DemoNote Finish(int seed, DateOnly day, string signsInAs)
    {
        var note = new DemoNote(seed, day, signsInAs, true);
        Write(note);
        return note;
    }

    private void Write(DemoNote note) => File.WriteAllText(NotePath, JsonSerializer.Serialize(note, Json.Options));

    private DemoNote? Read()
    {
        try
        {
            return File.Exists(NotePath) ? JsonSerializer.Deserialize<DemoNote>(File.ReadAllText(NotePath), Json.Options) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
