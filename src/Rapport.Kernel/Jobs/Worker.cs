using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rapport.Kernel.Happenings;

namespace Rapport.Kernel.Jobs;

/// <summary>Runs the jobs for as long as the program runs.</summary>
public sealed partial class Worker(RunJobs jobs, WorkSignal signal, TimeProvider clock, ILogger<Worker> log) : BackgroundService
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
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(failure);
            }
            await signal.WaitAsync(pause, clock, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Error, "The jobs could not be run; trying again")]
    private partial void LogFailed(Exception failure);
}
