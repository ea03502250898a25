using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Reservations;

/// <summary>Whether a release has been through an AZ. The slice that takes releases to hosts answers.</summary>
public interface IProvenReleases
{
    /// <param name="host">One that is to get it.</param>
    bool IsProven(IStates states, Host host, string version);
}
