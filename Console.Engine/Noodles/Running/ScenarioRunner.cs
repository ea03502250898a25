using System.Collections.Immutable;
using OpsConsole.Domain.Noodles.Features;
using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Domain.Noodles.Steps;
using OpsConsole.Engine.Noodles.Http;
using OpsConsole.Engine.Noodles.Pools;
using OpsConsole.Engine.Noodles.Steps;

namespace OpsConsole.Engine.Noodles.Running;

/// <summary>Runs one scenario: hooks before, steps until one is not good, hooks after, and everything given back.</summary>
internal sealed class ScenarioRunner(NoodleLibrary library, NoodlePools pools, NoodleHttp http, TimeProvider clock)
{
    private const string NeedsTag = "@needs-";

    public async Task<ScenarioResult> RunAsync(Pickle pickle, NoodleTarget target, NoodleRunOptions options, CancellationToken cancel)
    {
        var (began, started) = (clock.GetUtcNow(), clock.GetTimestamp());
        if (pickle.Tags.FirstOrDefault(tag => tag.StartsWith(NeedsTag, StringComparison.Ordinal) && target.Lacks.Contains(tag[NeedsTag.Length..])) is { } lacking)
        {
            return Result(StepStatus.Skipped, NoodleBlame.None, 1, []) with { Note = $"{target.Name} is known not to do {lacking[NeedsTag.Length..]}." };
        }

        if (S3.S3Calls.AccountsOf(pickle) is var many && many > target.Accounts.Length && many > 1)
        {
            return Result(StepStatus.Skipped, NoodleBlame.None, 1, []) with { Note = $"It needs {many} accounts, and {target.Name} was given {target.Accounts.Length}." };
        }

        var earlier = ImmutableArray<ImmutableArray<StepResult>>.Empty;
        for (var attempt = 0; ; attempt++)
        {
            var (steps, blame, note) = await AttemptAsync(pickle, target, options, attempt, cancel).ConfigureAwait(false);
            var status = Outcomes.Worst(steps.Select(step => step.Status));
            if (!Outcomes.TryAgain(status, attempt, options.Retries))
            {
                return Result(status, blame, attempt + 1, steps) with { Note = note, Earlier = earlier };
            }

            earlier = earlier.Add(steps);
        }

        ScenarioResult Result(StepStatus status, NoodleBlame blame, int attempts, ImmutableArray<StepResult> steps) =>
            new(pickle.Id, pickle.Feature, pickle.Name, pickle.Tags, status, blame, began, clock.GetElapsedTime(started), attempts, steps) { KnownDifference = Known(pickle, target) };
    }

    public async Task<StepResult> HookAsync(Hook hook, NoodleWorld world, NoodleRunOptions options, CancellationToken cancel)
    {
        var call = new StepCall(world, [], null, null, cancel);
        var (result, _) = await DoAsync(hook.Kind is HookKind.Before or HookKind.BeforeAll ? "Before" : "After", hook.Name, 0, world, options, hook.Body, call, cancel).ConfigureAwait(false);
        return result with { Owner = hook.Owner };
    }

    private async Task<(ImmutableArray<StepResult> Steps, NoodleBlame Blame, string? Note)> AttemptAsync(Pickle pickle, NoodleTarget target, NoodleRunOptions options, int attempt, CancellationToken cancel)
    {
        var steps = ImmutableArray.CreateBuilder<StepResult>();
        var blame = NoodleBlame.None;
        await using var world = new NoodleWorld(target, pickle, pools, http, clock, attempt);
        foreach (var hook in library.Of(HookKind.Before).Where(hook => hook.Tags.Holds(pickle.Tags)))
        {
            if (Stopped())
            {
                steps.Add(Skipped("Before", hook.Name, 0) with { Owner = hook.Owner });
                continue;
            }

            steps.Add(await HookAsync(hook, world, options, cancel).ConfigureAwait(false));
            blame = Stopped() ? NoodleBlame.Test : blame;
        }

        foreach (var step in pickle.Steps)
        {
            var (result, fault) = await StepAsync(step, world, options, Stopped(), steps.Any(one => one.Status == StepStatus.Skipped) && Outcomes.IsGood(Outcomes.Worst(steps.Select(one => one.Status))), cancel).ConfigureAwait(false);
            steps.Add(result);
            blame = blame == NoodleBlame.None ? fault : blame;
        }

        foreach (var hook in library.Of(HookKind.After).Reverse().Where(hook => hook.Tags.Holds(pickle.Tags)))
        {
            var before = Outcomes.Worst(steps.Select(step => step.Status));
            steps.Add(await HookAsync(hook, world, options, cancel).ConfigureAwait(false));
            blame = blame == NoodleBlame.None && Outcomes.IsGood(before) && !Outcomes.IsGood(steps[^1].Status) ? NoodleBlame.Test : blame;
        }

        return (steps.ToImmutable(), blame, await world.EndAsync().ConfigureAwait(false));

        bool Stopped() => steps.Any(step => step.Status > StepStatus.Passed);
    }

    private async Task<(StepResult Result, NoodleBlame Blame)> StepAsync(PickleStep step, NoodleWorld world, NoodleRunOptions options, bool stopped, bool skipping, CancellationToken cancel)
    {
        if (skipping)
        {
            // What skips itself takes all after it along, whatever that would have been.
            return (Skipped(step.Keyword, step.Text, step.Line), NoodleBlame.None);
        }

        var match = library.Catalogue.Match(step.Text);
        switch (match)
        {
            case StepMatch.Undefined undefined:
                return (Skipped(step.Keyword, step.Text, step.Line) with { Status = StepStatus.Undefined, Message = undefined.Why }, NoodleBlame.Test);
            case StepMatch.Ambiguous ambiguous:
                return (Skipped(step.Keyword, step.Text, step.Line) with { Status = StepStatus.Ambiguous, Message = ambiguous.Why }, NoodleBlame.Test);
        }

        var (found, sentence, owner) = match is StepMatch.Linked linked ? (linked.Steps, linked.Link.Sentence, linked.Link.Owner) : ([(StepMatch.Found)match], ((StepMatch.Found)match).Sentence.Text, ((StepMatch.Found)match).Sentence.Owner);
        if (stopped)
        {
            return (Skipped(step.Keyword, step.Text, step.Line) with { Sentence = sentence, Owner = owner }, NoodleBlame.None);
        }

        var (result, blame) = await DoAsync(step.Keyword, step.Text, step.Line, world, options, BodyAsync, null, cancel).ConfigureAwait(false);
        return (result with { Sentence = sentence, Owner = owner }, blame);

        async Task BodyAsync(StepCall given)
        {
            foreach (var one in found)
            {
                await library.BodyOf(one)(given with { Arguments = one.Arguments, RawTable = step.Table, RawDoc = step.DocString }).ConfigureAwait(false);
            }
        }
    }

    private async Task<(StepResult Result, NoodleBlame Blame)> DoAsync(string keyword, string text, int line, NoodleWorld world, NoodleRunOptions options, Func<StepCall, Task> body, StepCall? call, CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        using var limit = new CancellationTokenSource(options.StepLimit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        var (status, blame, message) = (StepStatus.Passed, NoodleBlame.None, "");
        try
        {
            call = (call ?? new StepCall(world, [], null, null, both.Token)) with { Cancel = both.Token };
            // On the pool, so that a step that blocks its thread is cut off too.
            await Task.Run(() => body(call), both.Token).WaitAsync(both.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            (status, blame, message) = e switch
            {
                PendingStepException => (StepStatus.Pending, NoodleBlame.Test, e.Message),
                SkipScenarioException => (StepStatus.Skipped, NoodleBlame.None, e.Message),
                WrongAnswerException => (StepStatus.Failed, NoodleBlame.Target, e.Message),
                BrokenTestException => (StepStatus.Failed, NoodleBlame.Test, e.Message),
                OperationCanceledException => (StepStatus.Failed, NoodleBlame.Target, $"The step took longer than {options.StepLimit.TotalSeconds:0.#} s."),
                HttpRequestException => (StepStatus.Failed, NoodleBlame.Target, $"{world.Target.Name} could not be asked: {e.Message}"),
                _ => (StepStatus.Failed, NoodleBlame.Test, $"The step itself broke: {e.GetType().Name}: {e.Message}"),
            };
        }

        var (exchanges, attachments) = world.Evidence.Take();
        return (new(keyword, text, line, status, clock.GetElapsedTime(began), world.Secrets.InText(message), exchanges) { Attachments = attachments }, blame);
    }

    private static string? Known(Pickle pickle, NoodleTarget target) =>
        target.KnownDifferences.IsEmpty ? null
        : new[] { pickle.Id, pickle.Uri, $"{pickle.Feature}: {pickle.Name}" }.Concat(pickle.Tags).Select(name => target.KnownDifferences.GetValueOrDefault(name)).FirstOrDefault(reason => reason is not null);

    private static StepResult Skipped(string keyword, string text, int line) => new(keyword, text, line, StepStatus.Skipped, TimeSpan.Zero, "", []);
}
