using OpsConsole.Domain.Fleet;

namespace OpsConsole.Engine.Rehearsal;

/// <summary>How the simulated world behaves. All chances are shares from 0 to 1.</summary>
public sealed record SimulationOptions
{
    public int Seed { get; init; } = 20260105;

    /// <summary>Chance that one of a visit's steps fails. A deployment fleet sees a host in some thousands not come back.</summary>
    public double FailedVisits { get; init; } = 0.0005;

    /// <summary>Chance that a host goes silent in one of a visit's steps.</summary>
    public double HungVisits { get; init; } = 0.0001;

    /// <summary>Chance that the answer to a step gets lost on its way; asked again, the host answers.</summary>
    public double LostReplies { get; init; }

    /// <summary>Chance that the answer to a step arrives twice.</summary>
    public double DoubledReplies { get; init; }

    /// <summary>All durations are multiplied by this.</summary>
    public double Pace { get; init; } = 1;

    internal static (double Low, double High) SecondsOf(HostStep step) =>
        step switch
        {
            HostStep.Drain => (2, 6),
            HostStep.Install => (3, 10),
            HostStep.Start => (2, 6),
            _ => (0.5, 2),
        };
}
