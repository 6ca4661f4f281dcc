using Microsoft.EntityFrameworkCore;
using Rapport;
using Rapport.Kernel.Database;

var folder = Environment.GetEnvironmentVariable("RAPPORT_DATA") ?? "data";
var app = RapportApp.Build(args, DatabaseAddress.Of(Environment.GetEnvironmentVariable("RAPPORT_DATABASE"), folder));
await using (var scope = app.Services.CreateAsyncScope())
    await scope.ServiceProvider.GetRequiredService<PrepareDatabase>().RunAsync(migratePostgres: false, CancellationToken.None);
await app.StartAsync();
await using (var scope = app.Services.CreateAsyncScope())
    if (await scope.ServiceProvider.GetRequiredService<Rapport.Members.MakeWelcomeLink>().RunAsync(CancellationToken.None) is { } path)
        Console.WriteLine($"Open this link, once, to set up Rapport: {app.Urls.First().TrimEnd('/')}{path}");
await app.WaitForShutdownAsync();
return 0;
