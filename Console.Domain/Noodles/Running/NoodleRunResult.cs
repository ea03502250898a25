using System.Collections.Immutable;

namespace OpsConsole.Domain.Noodles.Running;

/// <summary>What a run of scenarios found.</summary>
/// <param name="Id">Of the run.</param>
/// <param name="Target">Its name.</param>
/// <param name="Selection">In words.</param>
/// <param name="Scenarios">In the order of their files.</param>
public sealed record NoodleRunResult(string Id, string Target, string Selection, DateTimeOffset StartedAt, TimeSpan Took, ImmutableArray<ScenarioResult> Scenarios)
{
    /// <summary>Why it could not run, or was cut short; null where it ran to its end.</summary>
    public string? Fault { get; init; }

    /// <summary>What stood around the whole run.</summary>
    public ImmutableArray<StepResult> Hooks { get; init; } = [];

    public bool Passed => Fault is null && !Scenarios.IsEmpty && Scenarios.All(scenario => scenario.Good);

    /// <summary>Whose fault it is where it did not pass. The target's as soon as one scenario says so.</summary>
    public NoodleBlame Blame =>
        Passed ? NoodleBlame.None : Scenarios.Any(scenario => scenario.Blame == NoodleBlame.Target) ? NoodleBlame.Target : NoodleBlame.Test;

    public int Count(StepStatus status) => Scenarios.Count(scenario => scenario.Status == status);

    /// <summary>Passed, but not at the first attempt.</summary>
    public int Flaky => Scenarios.Count(scenario => scenario.Flaky);
}

/// <param name="PickleId">The same for the same scenario on every target.</param>
/// <param name="Attempts">1 and more; the last one counts.</param>
/// <param name="Steps">Of the last attempt, hooks among them.</param>
public sealed record ScenarioResult(string PickleId, string Feature, string Name, ImmutableArray<string> Tags, StepStatus Status, NoodleBlame Blame, DateTimeOffset StartedAt, TimeSpan Took, int Attempts, ImmutableArray<StepResult> Steps)
{
    /// <summary>Steps of the attempts before, which failed.</summary>
    public ImmutableArray<ImmutableArray<StepResult>> Earlier { get; init; } = [];

    /// <summary>Why it is skipped, or what of it could not be cleaned up; null where there is nothing to say.</summary>
    public string? Note { get; init; }

    /// <summary>The reason it is known to fail on this target; null where it is not known to.</summary>
    public string? KnownDifference { get; init; }

    /// <summary>Whether it is as it should be: good, or failed as it is known to.</summary>
    public bool Good => KnownDifference is null ? Outcomes.IsGood(Status) : Status is StepStatus.Failed or StepStatus.Skipped;

    public bool Flaky => Outcomes.IsFlaky(Status, Attempts);

    /// <summary>The first step that is not good; null where all are.</summary>
    public StepResult? Culprit => Steps.FirstOrDefault(step => !Outcomes.IsGood(step.Status));
}

/// <param name="Keyword">With the space after it; <c>Before</c> and <c>After</c> for hooks.</param>
/// <param name="Message">What was wrong; empty where nothing was.</param>
/// <param name="Exchanges">What was asked and answered meanwhile.</param>
public sealed record StepResult(string Keyword, string Text, int Line, StepStatus Status, TimeSpan Took, string Message, ImmutableArray<Exchange> Exchanges)
{
    /// <summary>The sentence that answered; null where none did, and for hooks.</summary>
    public string? Sentence { get; init; }

    public string? Owner { get; init; }

    public ImmutableArray<Attachment> Attachments { get; init; } = [];
}

/// <summary>One request and its answer. Secrets and signatures are taken out; bodies are cut.</summary>
/// <param name="Status">0 where no answer came.</param>
/// <param name="Error">Why none came; empty where one did.</param>
public sealed record Exchange(string Method, string Url, ImmutableArray<HeaderLine> RequestHeaders, string RequestBody, int Status, ImmutableArray<HeaderLine> AnswerHeaders, string AnswerBody, TimeSpan Took, string Error);

public sealed record HeaderLine(string Name, string Value);

/// <summary>Something a step wishes to show.</summary>
/// <param name="Body">As text, or in base64 where <paramref name="Encoded"/>.</param>
public sealed record Attachment(string MediaType, string Body, bool Encoded, string? FileName = null);
