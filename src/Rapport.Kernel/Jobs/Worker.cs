using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;

namespace Rapport.Kernel.Jobs;

/// <summary>How the jobs' last round went. Each round writes to the database, so a full disk or a lock is known here within seconds, and so is its end.</summary>
public sealed class LastRound
{
    /// <summary>What kept the jobs from running; null when they ran.</summary>
    public string? Trouble { get; internal set; }
}

/// <summary>Runs the jobs for as long as the program runs.</summary>
public sealed partial class Worker(RunJobs jobs, WorkSignal signal, LastRound last, DatabaseAddress address, TimeProvider clock, ILogger<Worker> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = TimeSpan.FromSeconds(5);
            try
            {
                pause = await jobs.RunDueAsync(woken: true, stoppingToken);
                if (last.Trouble is not null) LogRunning();
                last.Trouble = null;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(failure);
            }
            await signal.WaitAsync(pause, clock, stoppingToken);
        }
    }

    // A trouble of the machine is said once, when it begins; a fault of ours each time, with where.
    private void Failed(Exception failure)
    {
        if (DatabaseTrouble.Of(failure, address) is not { } trouble) LogFailed(failure);
        else if (last.Trouble is null) LogTrouble(trouble.Sentence);
        last.Trouble = DatabaseTrouble.Of(failure, address)?.Short ?? "The jobs cannot be run; the log says why.";
    }

    [LoggerMessage(LogLevel.Error, "{Trouble} Trying again every five seconds")]
    private partial void LogTrouble(string trouble);

    [LoggerMessage(LogLevel.Warning, "The database can be used again")]
    private partial void LogRunning();

    [LoggerMessage(LogLevel.Error, "The jobs could not be run; trying again")]
    private partial void LogFailed(Exception failure);
}
