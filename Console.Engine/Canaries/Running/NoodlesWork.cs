using System.Collections.Immutable;
using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Canaries.Runs;
using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Engine.Noodles;

namespace OpsConsole.Engine.Canaries.Running;

/// <summary>Runs behaviour features as a canary, as they are: each scenario is a step. What a test broke by itself is the canary's fault, the rest the target's.</summary>
/// <param name="runner">Asked late; null where the console has none.</param>
public sealed class NoodlesWork(Func<INoodleRunner?> runner, IEnumerable<INoodleTargets> worlds) : ICanaryWork
{
    private readonly INoodleTargets[] _worlds = [.. worlds];

    public bool Does(Canary canary) => canary.Noodles is not null && runner() is not null;

    public async Task DoAsync(CanaryAttempt attempt, CancellationToken cancel)
    {
        var limits = attempt.Canary.Limits;
        var result = await runner()!.RunAsync(new NoodleSelection(attempt.Canary.Noodles!), Target(attempt), new NoodleRunOptions(Parallel: 2) { StepLimit = limits.Step, RunLimit = limits.Whole }, cancel).ConfigureAwait(false);
        foreach (var scenario in result.Scenarios.Where(scenario => scenario.Status != StepStatus.Skipped))
        {
            var end = End(scenario);
            attempt.Add(Name(scenario.Name), end, Took(scenario, end), attempt.HeldUpFor(scenario.Took), scenario.Good ? "" : $"{scenario.Culprit?.Keyword}{scenario.Culprit?.Text}: {scenario.Culprit?.Message}");
            if (!scenario.Good)
            {
                attempt.Say(Exchanges(scenario));
            }
        }

        if (result.Fault is { } fault && attempt.Steps.All(step => step.End == StepEnd.Right))
        {
            // Cut short in the middle of asking: not all that was to be answered was. Anything else is the test's own.
            attempt.Add("run", cancel.IsCancellationRequested || result.Took >= limits.Whole ? StepEnd.TimedOut : StepEnd.Threw, result.Took, attempt.HeldUpFor(result.Took), fault);
        }
    }

    private static StepEnd End(ScenarioResult scenario) =>
        scenario.Good ? StepEnd.Right
        : scenario.Blame == NoodleBlame.Test ? StepEnd.Threw
        : scenario.Culprit?.Exchanges.LastOrDefault(exchange => exchange.Status == 0) is not { } unanswered ? StepEnd.Wrong
        : unanswered.Error.StartsWith("No answer in time", StringComparison.Ordinal) ? StepEnd.TimedOut
        : unanswered.Error.Contains("refused", StringComparison.OrdinalIgnoreCase) ? StepEnd.Refused
        : StepEnd.BrokenOff;

    /// <summary>A scenario asks many times: slow is where one of its answers was.</summary>
    private static TimeSpan Took(ScenarioResult scenario, StepEnd end) =>
        end == StepEnd.Right ? scenario.Steps.SelectMany(step => step.Exchanges).Select(exchange => exchange.Took).DefaultIfEmpty().Max() : scenario.Took;

    private static IEnumerable<Domain.Canaries.Runs.Exchange> Exchanges(ScenarioResult scenario) =>
        (scenario.Culprit?.Exchanges ?? []).Select(exchange => new Domain.Canaries.Runs.Exchange(
            Name(scenario.Name),
            $"{exchange.Method} {exchange.Url}\n{Lines(exchange.RequestHeaders)}\n{exchange.RequestBody}",
            exchange.Status == 0 ? "" : $"{exchange.Status}\n{Lines(exchange.AnswerHeaders)}\n{exchange.AnswerBody}",
            exchange.Took));

    private static string Lines(ImmutableArray<HeaderLine> headers) => string.Join('\n', headers.Select(header => $"{header.Name}: {header.Value}"));

    /// <summary>As the world of the target gives it, with its accounts; else what every target has.</summary>
    private NoodleTarget Target(CanaryAttempt attempt) =>
        _worlds.SelectMany(world => world.Targets).FirstOrDefault(target => target.Endpoint == attempt.Target.Address)
        ?? new NoodleTarget(attempt.Target.Host ?? attempt.Text.Vantage, attempt.Target.Address, attempt.Target.Region, []) { Vantage = attempt.Text.Vantage };

    private static string Name(string scenario)
    {
        var name = string.Concat(scenario.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        return name.Length == 0 ? "scenario" : name.Length > CanaryRules.LongestName ? name[..CanaryRules.LongestName] : name;
    }
}
