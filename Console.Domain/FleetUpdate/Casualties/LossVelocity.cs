namespace OpsConsole.Domain.FleetUpdate.Casualties;

/// <summary>
/// A lease's end frees its slot: were nothing else counted, hosts that never return would be lost at this pace. A time to live is therefore a limit on how
/// fast a fleet can be lost, shown beside the sequential test.
/// </summary>
public static class LossVelocity
{
    /// <param name="slots">Hosts that may be out at once.</param>
    /// <param name="lease">How long each is out at most.</param>
    public static double HostsPerDay(int slots, TimeSpan lease) => slots * (TimeSpan.FromDays(1) / lease);
}
