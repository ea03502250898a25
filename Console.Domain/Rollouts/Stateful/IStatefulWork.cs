using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Stateful;

/// <summary>What became of a host that a run gave out.</summary>
/// <param name="Lost">It did not come back right, or can never be had; else everything is done on it and it was given back.</param>
public sealed record HostFate(bool Lost, string Why, DateTimeOffset At);

/// <summary>Which part of which rollout is asked about.</summary>
/// <param name="Attempt">What became of hosts in an earlier attempt is no answer.</param>
public sealed record WorkKey(string Rollout, int Stage, int Attempt);

/// <summary>
/// The seam to whoever changes hosts that keep data, each under a reservation. A run gives hosts out (<see cref="StatefulDemand"/>) and reads here, from the committed state, what became of them. Rollouts know the
/// seam only: the state of the stream <see cref="StatefulWork.Of"/> is read through it.
/// </summary>
public interface IStatefulWork
{
    /// <summary>Null while the host is waited for.</summary>
    HostFate? FateOf(WorkKey work, string host);

    /// <summary>Whether the host was given out and is still to be done.</summary>
    bool IsOpen(WorkKey work, string host);

    /// <summary>What the hosts wait for; null where that is not known here.</summary>
    /// <param name="until">When the run asks a person instead.</param>
    Wait? WaitOf(WorkKey work, IReadOnlyList<string> hosts, DateTimeOffset since, DateTimeOffset until, DateTimeOffset now);
}

public static class StatefulWork
{
    public const string Family = "fleetupdate";

    public static StreamId Of(string region) => new($"{Family}/{region}");
}
