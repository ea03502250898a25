using System.CommandLine;

namespace OpsConsole.Web.Bench;

/// <summary><c>bench NAME</c>: measures one thing and prints its figures. A benchmark is one line here.</summary>
internal static class BenchVerb
{
    public static readonly Option<bool> Json = new("--json") { Description = "Prints the figures as one JSON object on the last line.", Recursive = true };

    public static Command Create() =>
        new("bench", "Measures one thing and prints its figures.")
        {
            Json,
            CanariesBench.Create(),
            AlarmsBench.Create(),
            CordBench.Create(),
            GrantsBench.Create(),
            JournalBench.Create(),
            LiveBench.Create(),
            DrillBench.Create(),
            DurabilityBench.Create(),
            JudgeBench.Create(),
            RolloutBench.Create(),
            ReservationsBench.Create(),
            RestartBench.Create(),
            WavesBench.Create(),
            StoreBench.Create(),
            StoreBench.CreateEcho(),
            IndexBench.Create(),
        };

    /// <summary>A benchmark's verb: runs it and prints its report.</summary>
    public static Command Bench(string name, string description, IReadOnlyList<Option> options, Func<ParseResult, CancellationToken, Task<BenchReport>> run)
    {
        var command = new Command(name, description);
        foreach (var option in options)
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, cancel) =>
        {
            var report = await run(parsed, cancel).ConfigureAwait(false);
            report.Print(parsed.InvocationConfiguration.Output, parsed.GetValue(Json));
            return 0;
        });
        return command;
    }
}
