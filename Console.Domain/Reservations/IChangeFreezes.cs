using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Reservations;

/// <summary>Whether changes are held at this moment. The slice that keeps the calendar answers.</summary>
public interface IChangeFreezes
{
    /// <summary>What holds planned work on the host now; null where nothing does.</summary>
    /// <param name="onBehalfOf">The rollout or plan it is for; null for none. Entries that are overridden for a rollout, or that let its batch be finished, do not hold it.</param>
    ChangeFreeze? On(IStates states, Host host, string? onBehalfOf, DateTimeOffset now);
}

/// <param name="Name">As the calendar calls it.</param>
public sealed record ChangeFreeze(string Name, string Why, DateTimeOffset? Until);
