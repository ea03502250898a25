using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts;

public static class PipelineStreams
{
    public const string Family = "pipeline";

    public static StreamId Of(string name) => new($"{Family}/{name}");
}

/// <summary>State of the stream <c>pipeline/name</c>.</summary>
public sealed record PipelineFile(string Name)
{
    /// <summary>The stream's own count of saved versions, from 1; 0 where none was saved.</summary>
    public int Version { get; init; }

    public Pipeline? Content { get; init; }

    /// <summary>The file as it was written, at most 256 KB.</summary>
    public string Text { get; init; } = "";
}

/// <summary>Keeps a pipeline file that was read without an error; rollouts under way keep the version they began with.</summary>
public sealed record SavePipeline(Pipeline Content, string Text) : ICommand
{
    public StreamId Stream => PipelineStreams.Of(Content.Name);

    public Permission Needs => Permission.EditPipelines;

    public Scope Scope => Scope.OfService(Content.Service);
}

[EventType("pipeline.saved")]
public sealed record PipelineSaved(Pipeline Content, string Text) : IEvent;

/// <summary>The rules of a pipeline's stream.</summary>
public sealed class PipelineDecider : IDecider<PipelineFile>
{
    public PipelineFile Initial(StreamId stream) => new(stream.Key);

    public Decision Decide(PipelineFile state, ICommand command, DecisionContext context)
    {
        var save = (SavePipeline)command;
        if (save.Text == state.Text)
        {
            return Decision.Nothing;
        }

        var errors = PipelineRules.Check(save.Content);
        return errors.IsEmpty
            ? Decision.Accept(new PipelineSaved(save.Content, save.Text))
            : new Rejection(RejectionKind.Invalid, "pipeline.invalid", $"The pipeline {save.Content.Name} was not saved.", string.Join(" ", errors.Select(error => $"{error.Path}: {error.What}")), "Correct all of these and send it again.");
    }

    /// <summary>A file that changes its service needs the permission for both: nobody takes another service's pipeline by naming their own.</summary>
    public ImmutableArray<Scope> Reach(PipelineFile state, ICommand command) => state.Content is { } now ? [command.Scope, Scope.OfService(now.Service)] : [command.Scope];

    public PipelineFile Apply(PipelineFile state, IEvent happened, DateTimeOffset at) =>
        happened is PipelineSaved saved ? state with { Version = state.Version + 1, Content = saved.Content, Text = saved.Text } : state;
}
