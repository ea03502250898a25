namespace OpsConsole.Domain.Alarms;

/// <summary>Limits on counts of hosts, exact: whole numbers only, so that no rounding lets one host more pass.</summary>
public static class HostLimit
{
    /// <summary>At most this share of a group is unhealthy; a part of a host counts as a whole one. A group of none says nothing.</summary>
    /// <param name="percent">0 to 100.</param>
    public static Verdict Percent(int unhealthy, int hosts, int percent) =>
        hosts <= 0 ? Verdict.Missing : (long)unhealthy * 100 < ((long)hosts * percent) + 100 ? Verdict.Ok : Verdict.Bad;

    /// <summary>The share of unhealthy hosts rose by at most this many percentage points. Both are of the same hosts: a fleet that grew is not healthier for it.</summary>
    /// <param name="before">Unhealthy hosts at the start.</param>
    /// <param name="hosts">Frozen at the start.</param>
    /// <param name="points">0 to 100.</param>
    public static Verdict Increase(int before, int unhealthy, int hosts, int points) =>
        hosts <= 0 ? Verdict.Missing : ((long)unhealthy - before) * 100 <= (long)points * hosts ? Verdict.Ok : Verdict.Bad;
}
