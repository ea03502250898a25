using System.CommandLine;
using OpsConsole.Engine.ProvingGround.Drills;

namespace OpsConsole.Web.Bench;

/// <summary><c>bench drill</c>: a proving ground of its own, customers, and everything that may go wrong; no figure of speed, but of what was kept.</summary>
internal static class DrillBench
{
    private static readonly Option<int> Requests = new("--requests") { Description = "Customers' requests.", DefaultValueFactory = _ => 20_000 };
    private static readonly Option<int> Seed = new("--seed") { Description = "Decides requests and faults.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Customers = new("--customers") { Description = "Customers at the same time.", DefaultValueFactory = _ => 12 };
    private static readonly Option<int> Writes = new("--writes") { Description = "Percent of the requests that put an object; a quarter as many delete one, 5 % list, the rest get.", DefaultValueFactory = _ => 36 };
    private static readonly Option<int> Keys = new("--keys") { Description = "Keys they share.", DefaultValueFactory = _ => 400 };
    private static readonly Option<int> Kills = new("--kills") { Description = "How often each process is killed.", DefaultValueFactory = _ => 2 };
    private static readonly Option<int> Faults = new("--faults") { Description = "Other faults: AZs gone, hangs, slow disks, damaged shards.", DefaultValueFactory = _ => 12 };
    private static readonly Option<int> PowerLosses = new("--power-losses") { Description = "How often all index and storage hosts lose their power at once.", DefaultValueFactory = _ => 1 };
    private static readonly Option<DirectoryInfo> Folder = new("--folder") { Description = "Where the ground lies.", DefaultValueFactory = _ => new DirectoryInfo(Path.GetTempPath()) };

    public static Command Create() =>
        BenchVerb.Bench("drill", "What the proving ground keeps while its processes are killed, hung, slowed and damaged.", [Requests, Seed, Customers, Writes, Keys, Kills, Faults, PowerLosses, Folder], (parsed, cancel) =>
        {
            var options = new DrillOptions { Requests = parsed.GetValue(Requests), Seed = parsed.GetValue(Seed), Customers = parsed.GetValue(Customers), WritePercent = Math.Clamp(parsed.GetValue(Writes), 1, 75), Keys = parsed.GetValue(Keys), KillsOfEach = parsed.GetValue(Kills), OtherFaults = parsed.GetValue(Faults), PowerLosses = parsed.GetValue(PowerLosses), Progress = Console.Error.WriteLine };
            return BenchGround.WithAsync("drill", parsed.GetValue(Folder)!, customerRate: 5, async console =>
            {
                var report = await ActivatorUtilities.CreateInstance<GroundDrill>(console.Services).RunAsync(options, cancel);
                foreach (var line in report.Evidence)
                {
                    await Console.Error.WriteLineAsync(line);
                }

                return new("drill", Figures(report));
            }, cancel);
        });

    private static Dictionary<string, double> Figures(DrillReport report)
    {
        var figures = new Dictionary<string, double>
        {
            ["requests"] = report.Requests,
            ["acknowledged"] = report.Acknowledged,
            ["unanswered"] = report.Unanswered,
            ["reads"] = report.Reads,
            ["unavailable_reads"] = report.UnavailableReads,
            ["unavailable_reads_one_az_gone"] = report.UnavailableReadsOneAzGone,
            ["keys"] = report.Keys,
            ["broken_keys"] = report.Broken,
            ["unknown_keys"] = report.Unknown,
            ["least_restarts"] = report.LeastRestarts,
            ["seed"] = report.Seed,
            ["seconds"] = Math.Round(report.Took.TotalSeconds),
            ["requests_per_s"] = Math.Round(report.Requests / report.Took.TotalSeconds),
        };
        foreach (var (fault, times) in report.Faults)
        {
            figures[fault.Replace(' ', '_') + "_times"] = times;
        }

        return figures;
    }
}
