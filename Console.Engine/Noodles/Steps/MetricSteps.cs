using System.Globalization;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Noodles.Features;
using OpsConsole.Engine.Noodles.Pools;

namespace OpsConsole.Engine.Noodles.Steps;

/// <summary>Metrics of the scenario's own, in the console's store: leased empty, written to, read.</summary>
internal sealed class MetricSteps : IStepLibrary
{
    private const string Lease = "a metric ";
    private const int LongestWait = 600;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public string Owner => "noodles";

    public void Define(StepBook book)
    {
        book.Type(new("statistic", ["sum|average|minimum|maximum"], texts => Statistic.Parse(texts[0]!)!));
        book.Step(Lease + "{string}", "Leased and empty; its name in the console's store is ${name}.", call => LeaseAsync(call, inMs: false));
        book.Step(Lease + "{string} of milliseconds", "The same, with its distribution.", call => LeaseAsync(call, inMs: true));
        book.Step("{float} is observed of the metric {string}", "Once, now.", call => Observe(call, call.Raw<double>(0), 1, call.Text(1), null));
        book.Step("{float} is observed {int} time(s) of the metric {string}", "So often, now.", call => Observe(call, call.Raw<double>(0), call.Number(1), call.Text(2), null));
        book.Step("{float} is observed of the metric {string} in AZ {word}", "A stream of its own.", call => Observe(call, call.Raw<double>(0), 1, call.Text(1), call.Text(2)));
        book.Step("the metric {string} is empty", "Nothing was observed.", call => Check.Same(0L, Count(call, 0), $"How many values the metric {call.Text(0)} has"));
        book.Step("the metric {string} has {int} value(s)", "Just so many were observed.", call => Check.Same(call.Number(1), Count(call, 0), $"How many values the metric {call.Text(0)} has"));
        book.Step("the metric {string} has at least {int} value(s) within {int} second(s)", "Looks again until it has; waits no longer than that.", HasAtLeastAsync);
        book.Step("the {statistic} of the metric {string} is {float}", "Of all that was observed.", call =>
        {
            var (wanted, got) = (call.Raw<double>(2), Value(call, 1, call.Raw<Statistic>(0)));
            Check.That(Math.Abs(got - wanted) <= 1e-9 * Math.Max(1, Math.Abs(wanted)), $"The {call.Raw<Statistic>(0)} of the metric {call.Text(1)} should be {Say(wanted)} and is {Say(got)}.");
        });
        book.Step("the p{int} of the metric {string} is between {float} and {float}", "The percentile of all that was observed; of metrics of milliseconds.", call =>
        {
            var percent = call.Number(0) is > 0 and < 100 and var number ? number : throw new BrokenTestException("A percentile is above 0 and below 100.");
            var (low, high, got) = (call.Raw<double>(2), call.Raw<double>(3), Value(call, 1, Statistic.Percentile(percent)));
            Check.That(got >= low && got <= high, $"The p{percent} of the metric {call.Text(1)} should be between {Say(low)} and {Say(high)} and is {Say(got)}.");
        });
    }

    /// <summary>The name in the store of a metric the scenario has.</summary>
    internal static string NameOf(StepCall call, string name) =>
        call.World.Part<Leased>().Names.TryGetValue(name, out var found) ? found : throw new BrokenTestException($"The scenario has no metric '{name}'. Write 'Given a metric \"{name}\"' before.");

    internal static void Observe(StepCall call, double value, int times, string name, string? az)
    {
        if (!call.World.Pools.Metrics.Observe(NameOf(call, name), value, times, az))
        {
            throw new BrokenTestException($"{Say(value)} was not taken for the metric '{name}': it is no finite number observed at least once, AZ '{az}' is no dimension's value, or the console's store is full.");
        }
    }

    /// <summary>All that the scenario asks for at once, so that no two scenarios wait for what the other has.</summary>
    private static async Task LeaseAsync(StepCall call, bool inMs)
    {
        var leased = call.World.Part<Leased>();
        if (leased.Free.Count == 0)
        {
            foreach (var metric in await call.World.Pools.Metrics.LeaseAsync(call.World, Math.Max(1, Asked(call.World.Pickle) - leased.Names.Count), call.Cancel).ConfigureAwait(false))
            {
                leased.Free.Enqueue(metric);
            }
        }

        var one = leased.Free.Dequeue();
        call.World.Keep(call.Text(0), leased.Names[call.Text(0)] = inMs ? one.InMs : one.Name);
    }

    /// <summary>Sentences that are linked to these steps are not seen; they lease theirs one by one.</summary>
    private static int Asked(Pickle pickle) => pickle.Steps.Count(step => step.Text.StartsWith(Lease, StringComparison.Ordinal));

    private static async Task HasAtLeastAsync(StepCall call)
    {
        var (clock, began) = (call.World.Clock, call.World.Clock.GetTimestamp());
        if (call.Number(2) is < 1 or > LongestWait)
        {
            throw new BrokenTestException($"A metric is waited for 1 to {LongestWait} seconds.");
        }

        for (var limit = TimeSpan.FromSeconds(call.Number(2)); Count(call, 0) < call.Number(1);)
        {
            if (clock.GetElapsedTime(began) + Pause > limit)
            {
                throw new WrongAnswerException($"The metric {call.Text(0)} should have at least {call.Number(1)} value(s) within {call.Number(2)} s and has {Count(call, 0)}.");
            }

            await Task.Delay(Pause, clock, call.Cancel).ConfigureAwait(false);
        }
    }

    private static long Count(StepCall call, int at) => (long)(call.World.Pools.Metrics.Read(NameOf(call, call.Text(at)), Statistic.Samples) ?? 0);

    private static double Value(StepCall call, int at, Statistic statistic) =>
        call.World.Pools.Metrics.Read(NameOf(call, call.Text(at)), statistic) ?? throw new WrongAnswerException($"The metric {call.Text(at)} has no value.");

    private static string Say(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private sealed class Leased
    {
        public Dictionary<string, string> Names { get; } = new(StringComparer.Ordinal);

        public Queue<PooledMetric> Free { get; } = [];
    }
}
