using System.Diagnostics;
using System.Globalization;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rehearsal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Engine;
using OpsConsole.Engine.Durability;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.ProvingGround.Supervision;
using OpsConsole.Engine.Rehearsal;

namespace OpsConsole.Web.Bench;

/// <summary>
/// Fills a journal on disk through the command path, ends it, starts the console as a process of its own over it, kills that one and starts it again; last, what the journal gives is held
/// against what was granted.
/// </summary>
internal sealed class RestartRun(string folder, int hosts, int reservations, Action<string> progress)
{
    private const int InRequest = RequestReservations.MostHosts;
    private static readonly Actor Robot = Actor.Person("bench", Role.Admin);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public async Task<Dictionary<string, double>> RunAsync(CancellationToken cancel)
    {
        progress("filling the journal");
        var granted = await FillAsync(cancel);
        progress(string.Create(CultureInfo.InvariantCulture, $"{granted.Count:N0} reservations of {hosts:N0} hosts"));
        var first = await StartAsync(cancel);
        var second = await StartAsync(cancel);
        await using var engine = Build();
        var began = TimeProvider.System.GetTimestamp();
        await engine.GetRequiredService<CommandPath>().LoadAsync(cancel);
        var load = TimeProvider.System.GetElapsedTime(began);
        var kept = Held(engine);
        return new()
        {
            ["serving_s"] = Math.Round(second.Seconds, 2),
            ["first_serving_s"] = Math.Round(first.Seconds, 2),
            ["load_s"] = Math.Round(load.TotalSeconds, 2),
            ["memory_mb"] = second.Memory,
            ["hosts"] = engine.GetRequiredService<IStates>().All<RegionFleet>(FleetStreams.Family).Sum(region => region.State.Hosts.Count),
            ["reservations"] = kept.Count,
            ["forgotten"] = granted.Except(kept).Count() + kept.Except(granted).Count(),
            ["journal_mb"] = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) >> 20,
        };
    }

    private async Task<HashSet<string>> FillAsync(CancellationToken cancel)
    {
        await using var engine = Build();
        await engine.GetRequiredService<CommandPath>().LoadAsync(cancel);
        var (commands, states) = (engine.GetRequiredService<ICommands>(), engine.GetRequiredService<IStates>());
        foreach (var place in BenchFleet.Place(hosts, HostRole.Storage, "i4i.8xlarge"))
        {
            await MustAsync(commands, place, cancel);
        }

        var policy = new ReservationPolicy { OfflineShare = 1, MaxPerRack = null, MaxReservedRegion = 100_000, MaxOfflinePerAz = 100_000, VelocityPerHour = 1_000_000 };
        var left = reservations;
        var regions = states.All<RegionFleet>(FleetStreams.Family).Select(one => one.State).ToArray();
        for (var n = 0; n < regions.Length; n++)
        {
            var region = regions[n];
            await MustAsync(commands, new SetReservationPolicy(region.Region, policy), cancel);
            var ofRegion = n == regions.Length - 1 ? left : Math.Min(left, (int)((long)reservations * region.Hosts.Count / hosts));

            // One class of one AZ: hosts that share no set may all go.
            foreach (var batch in region.Hosts.Values.Where(host => host.Az.EndsWith('a') && host.PositionClass % 3 == 0).Select(host => host.Id).Take(ofRegion).Chunk(InRequest))
            {
                await MustAsync(commands, new RequestReservations(region.Region, $"bench/{region.Region}/{left}", [.. batch], WorkerKind.PlannedAutomation, [new(OpsConsole.Domain.Reservations.ActivityKind.OsPatch)], TimeSpan.FromHours(12)), cancel);
                left -= batch.Length;
            }
        }

        return Held(engine);
    }

    /// <summary>Starts the console and kills it once it has served.</summary>
    private async Task<(double Seconds, long Memory)> StartAsync(CancellationToken cancel)
    {
        var address = $"http://127.0.0.1:{GroundPlanner.FreePort()}";
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        var began = TimeProvider.System.GetTimestamp();
        var info = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = [.. Dll(), "serve", "--urls", address, "--data", folder, "--world", "none"];
        Array.ForEach(arguments, info.ArgumentList.Add);
        using var console = Process.Start(info) ?? throw new InvalidOperationException("the console could not be started");
        console.OutputDataReceived += (_, _) => { };
        console.ErrorDataReceived += (_, line) => progress(line.Data ?? "");
        console.BeginOutputReadLine();
        console.BeginErrorReadLine();
        try
        {
            while (!await ServesAsync(http, address, cancel))
            {
                if (console.HasExited || TimeProvider.System.GetElapsedTime(began) > Longest)
                {
                    throw new InvalidOperationException("the console did not serve");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancel);
            }

            var took = TimeProvider.System.GetElapsedTime(began);
            console.Refresh();
            return (took.TotalSeconds, console.PeakWorkingSet64 >> 20);
        }
        finally
        {
            console.Kill();
            await console.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task<bool> ServesAsync(HttpClient http, string address, CancellationToken cancel)
    {
        try
        {
            return (await http.GetAsync(new Uri($"{address}/health"), cancel)).IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return false;
        }
    }

    private static HashSet<string> Held(ServiceProvider engine) =>
        [.. from region in engine.GetRequiredService<IStates>().All<RegionReservations>(ReservationStreams.Family)
            from held in region.State.Charged.Values
            select string.Create(CultureInfo.InvariantCulture, $"{region.State.Region}/{held.Host}/{held.Token}/{held.Expires:O}/{held.State}")];

    private static string[] Dll() => Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? [typeof(RestartRun).Assembly.Location] : [];

    private static async Task MustAsync(ICommands commands, ICommand command, CancellationToken cancel)
    {
        if ((await commands.SendAsync(new(command, Robot, "benchmark"), cancel)).Rejection is { } refused)
        {
            throw new InvalidOperationException(refused.ToString());
        }
    }

    private ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(new RehearsalFleet(RehearsalFleet.DefaultHosts, 1));
        services.AddSingleton<IPlacementSource, SimulatedPlacement>();
        services.AddEngineCore();
        services.AddSqliteJournal(folder);
        return services.BuildServiceProvider();
    }
}
