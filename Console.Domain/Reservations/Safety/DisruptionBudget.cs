namespace OpsConsole.Domain.Reservations.Safety;

/// <summary>
/// How many of a service's hosts may be out at once, as Kubernetes' PodDisruptionBudget counts: shares are rounded up, for what must stay as for what may go.
/// </summary>
/// <param name="Bound">What must stay, or what may go.</param>
/// <param name="Amount">A number of hosts, or a share of those expected in percent.</param>
public sealed record DisruptionBudget(BudgetBound Bound, BudgetAmount Amount)
{
    /// <summary>Whether a host that does not serve may always go; otherwise only while the others are enough.</summary>
    public bool UnhealthyAlways { get; init; }

    /// <param name="expected">Hosts the service is meant to have, 0 or more.</param>
    /// <param name="healthy">Those of them that serve.</param>
    public BudgetStatus Status(int expected, int healthy)
    {
        var count = Amount.Of(expected);
        var desired = Bound == BudgetBound.MinAvailable ? count : Math.Max(0, expected - count);
        return new(desired, expected == 0 ? 0 : Math.Max(0, healthy - desired), healthy);
    }

    /// <summary>Whether a host in this condition may go.</summary>
    public bool Admits(BudgetStatus status, HostCondition condition) => condition switch
    {
        HostCondition.Gone => true,
        HostCondition.Unhealthy when UnhealthyAlways || (status.Desired > 0 && status.Healthy >= status.Desired) => true,
        _ => status.Allowed > 0,
    };
}

public enum BudgetBound
{
    MinAvailable,
    MaxUnavailable,
}

/// <param name="Value">0 or more; a share 0 to 100.</param>
public readonly record struct BudgetAmount(int Value, bool Percent)
{
    public int Of(int expected) => Percent ? (int)(((expected * (long)Value) + 99) / 100) : Value;

    public override string ToString() => Percent ? $"{Value} %" : $"{Value}";
}

/// <param name="Desired">Hosts that must serve.</param>
/// <param name="Allowed">How many more may go.</param>
public sealed record BudgetStatus(int Desired, int Allowed, int Healthy);

public enum HostCondition
{
    Healthy,

    /// <summary>There, and does not serve.</summary>
    Unhealthy,

    /// <summary>Counts as gone already, so that its going takes nothing.</summary>
    Gone,
}
