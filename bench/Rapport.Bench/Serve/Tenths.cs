namespace Rapport.Bench;

/// <summary>Follows a program through many of something: how fast each tenth went, what a processor did for it, and what memory of its own the program held by then.</summary>
internal sealed class Tenths(string what, int total, Func<Task<int>> countAsync)
{
    private (long At, int Done, double Cpu)? first, last;

    /// <summary>A row for each tenth; what they show as memory is what was held then, and not the most.</summary>
    public List<Measured> Rows { get; } = [];

    /// <summary>How many are done.</summary>
    public int Done => last?.Done ?? 0;

    /// <summary>Milliseconds that a processor worked for one, from the first that was done on: the program's start is not in it.</summary>
    public double Cpu => last is { } end && first is { } begin && end.Done > begin.Done ? (end.Cpu - begin.Cpu) / (end.Done - begin.Done) : 0;

    /// <summary>Looks how far it is.</summary>
    public async Task LookAsync(int process)
    {
        var now = (At: TimeProvider.System.GetTimestamp(), Done: await countAsync(), Cpu: Measured.Worked(process));
        if (now.Done == 0) return;
        var before = last ?? now;
        first ??= now;
        if (last is not null && now.Done < total && now.Done * 10L / total == before.Done * 10L / total) return;
        last = now;
        if (now.Done == before.Done) return;
        Rows.Add(new($"{what}, {now.Done:N0} done, own memory then", now.Done - before.Done, 0, 0, 0, (now.Done - before.Done) / TimeProvider.System.GetElapsedTime(before.At, now.At).TotalSeconds, (now.Cpu - before.Cpu) / (now.Done - before.Done), Measured.Own(process)));
    }
}
