using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Scenarios.Killed;

/// <summary>
/// Law 3 with nothing pretended: a real process over the journal on disk, killed with SIGKILL after events of a rollout, started again. After every fourth, from one that is drawn;
/// <c>OPSCONSOLE_KILLS=all</c> takes every one, as <see cref="KillScenarios"/> always does with an engine inside the test.
/// </summary>
[Trait("Category", "Scenario")]
public sealed class SigkillTests(ITestOutputHelper output)
{
    private const int KilledBySignal9 = 137;
    private const int Fourth = 4;

    private static readonly Random Random = new(Environment.TickCount);

    [Theory]
    [InlineData("good")]
    [InlineData("bad")]
    public async Task Killed_with_SIGKILL_after_an_event_it_ends_as_the_undisturbed_run_with_the_same_commands(string story)
    {
        var root = Directory.CreateTempSubdirectory("opsconsole-kill-").FullName;
        try
        {
            var undisturbed = Path.Combine(root, "undisturbed");
            var (exit, said) = await RunAsync(undisturbed, 0, story);
            Assert.True(exit == 0, said);
            var (events, end) = (int.Parse(said.Split('|')[0], CultureInfo.InvariantCulture), After(said));
            var commands = LoggedHosts.CommandIds(undisturbed);
            Assert.True(commands.Length > 20 && events > 60, said);

            var first = Random.Next(Fourth) + 1;
            int[] after = [.. Environment.GetEnvironmentVariable("OPSCONSOLE_KILLS") == "all" ? Enumerable.Range(1, events) : Enumerable.Range(1, events).Where(at => at % Fourth == first % Fourth)];
            output.WriteLine($"{story}: killed after each of {after.Length} of {events} events, from {after[0]} on");

            // Two at a time: there are two cores, and each run is mostly the start of a process.
            await Parallel.ForEachAsync(after, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (at, _) =>
            {
                var folder = Path.Combine(root, $"at-{at}");
                var (killed, _) = await RunAsync(folder, at, story);
                Assert.Equal(KilledBySignal9, killed);
                var (again, resumed) = await RunAsync(folder, 0, story);
                Assert.True(again == 0, $"killed after event {at}: {resumed}");
                Assert.True(end == After(resumed), $"killed after event {at}:\n{resumed}\nundisturbed:\n{said}");
                Assert.Equal(commands, LoggedHosts.CommandIds(folder));
                Directory.Delete(folder, recursive: true);
            });
            output.WriteLine($"the same end and the same {commands.Length} host commands each time");
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static string After(string said) => said[(said.IndexOf('|', StringComparison.Ordinal) + 1)..];

    private static async Task<(int Exit, string Output)> RunAsync(string folder, int killAt, string story)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SigkillTests).Assembly.Location, "engine", folder, $"{killAt}", story])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_TieredPGO"] = "0" },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said.Trim() + await errors);
    }
}
