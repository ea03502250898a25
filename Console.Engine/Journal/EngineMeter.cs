using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Journal;

/// <summary>What the engine measures of itself, for whoever listens: the metric store, and OTLP where it is switched on.</summary>
public static class EngineMeter
{
    public const string Name = "OpsConsole";

    private static readonly Meter Own = new(Name);

    /// <summary>Traces: one span a command, from its arrival until its events are on disk.</summary>
    internal static ActivitySource Trace { get; } = new(Name);

    /// <summary>How long a tick took.</summary>
    internal static Histogram<double> Tick { get; } = Own.CreateHistogram<double>("opsconsole.tick.duration", "ms", "How long a tick of the engine took.");

    /// <summary>How long a commit of the journal took.</summary>
    internal static Histogram<double> Commit { get; } = Own.CreateHistogram<double>("opsconsole.journal.commit.duration", "ms", "How long a commit of the journal took.");

    private static Counter<long> Commands { get; } = Own.CreateCounter<long>("opsconsole.commands", "{command}", "Commands that were answered.");

    private static Counter<long> Refusals { get; } = Own.CreateCounter<long>("opsconsole.refusals", "{command}", "Commands that were refused.");

    /// <summary>Null where nobody listens.</summary>
    internal static Activity? Begin(CommandRequest request) =>
        Trace.StartActivity("command")?.SetTag("opsconsole.command", request.Command.GetType().Name).SetTag("opsconsole.stream", request.Command.Stream.Family).SetTag("opsconsole.actor.kind", request.Actor.Kind.ToString());

    internal static void Count(CommandRequest request, CommandResult result, Activity? span)
    {
        span?.SetTag("opsconsole.refused", result.Rejection?.Code);
        if (!Commands.Enabled)
        {
            return;
        }

        var by = new KeyValuePair<string, object?>("actor", request.Actor.Kind switch { ActorKind.Engine => "engine", ActorKind.Agent => "agent", ActorKind.Token => "token", _ => "person" });
        Commands.Add(1, by);
        if (!result.Accepted)
        {
            Refusals.Add(1, by);
        }
    }
}
