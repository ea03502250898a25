using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Reservations;

/// <summary>Whether changes are held at this moment. The slice that keeps the calendar answers.</summary>
public interface IChangeFreezes
{
    /// <summary>What holds planned work on the host now; null where nothing does.</summary>
    ChangeFreeze? On(IStates states, Host host, DateTimeOffset now);
}

/// <param name="Name">As the calendar calls it.</param>
public sealed record ChangeFreeze(string Name, string Why, DateTimeOffset? Until);
