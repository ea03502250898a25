namespace OpsConsole.Domain.Rollouts.Queue;

/// <summary>What a start means while another rollout of the service is under way in the same regions.</summary>
public enum SupersedePolicy
{
    /// <summary>It is refused.</summary>
    Refuse,

    /// <summary>It waits for its turn, behind those that wait already.</summary>
    Queue,

    /// <summary>It waits, and takes the place of those that wait already.</summary>
    ReplaceWaiting,

    /// <summary>It is the new goal: what is under way stops, keeps what it did, and this one begins.</summary>
    Replace,
}

/// <summary>How a rollout waits for its turn.</summary>
/// <param name="CordEpoch">The cord's epoch when it was queued: a pull over its hosts since then takes it out (law 9).</param>
public sealed record QueuePlace(SupersedePolicy Policy, DateTimeOffset Since, long CordEpoch);
