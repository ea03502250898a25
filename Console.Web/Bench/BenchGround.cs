using OpsConsole.Engine;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.ProvingGround;

namespace OpsConsole.Web.Bench;

/// <summary>A proving ground of a benchmark's own, in a temporary folder, with as much of the console as it takes to run one.</summary>
internal static class BenchGround
{
    /// <param name="customerRate">Requests a second of the ground's own customers, besides what the benchmark asks.</param>
    public static async Task<BenchReport> WithAsync(string name, DirectoryInfo under, int customerRate, Func<IHost, Task<BenchReport>> measure, CancellationToken cancel)
    {
        var folder = Path.Combine(under.FullName, $"opsconsole-{name}-{Environment.ProcessId}");
        try
        {
            var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
            builder.Services.AddLogging();
            builder.Services.AddEngineCore();
            builder.Services.AddSingleton<IJournal, MemoryJournal>();
            builder.Services.AddHostedService(provider => provider.GetRequiredService<EngineLoop>());
            builder.Services.AddProvingGround(new GroundOptions { Folder = folder, CustomerRate = customerRate, Probe = false });
            using var console = builder.Build();
            await console.StartAsync(cancel);
            try
            {
                return await measure(console);
            }
            finally
            {
                await console.StopAsync(CancellationToken.None);
            }
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
