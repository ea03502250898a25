namespace OpsConsole.Domain.FleetUpdate.Casualties;

/// <summary>What casualties are counted by.</summary>
public enum CasualtyDimension
{
    Az,
    Rack,
    Model,
    Firmware,
    Release,
    Activity,
}

/// <summary>When casualties stop the work.</summary>
public sealed record CasualtyPolicy
{
    /// <summary>Five hosts of 10,000 do not come back: what is borne.</summary>
    public double Good { get; init; } = 0.0005;

    public double Bad { get; init; } = 0.005;

    /// <summary>Chance of a false halt over all dimensions together.</summary>
    public double FalseHalt { get; init; } = 0.01;

    public double Missed { get; init; } = 0.01;

    /// <summary>Share of a test's limit from which its dimension warns.</summary>
    public double WarnFrom { get; init; } = 0.5;

    public static IReadOnlyList<CasualtyDimension> Dimensions { get; } = Enum.GetValues<CasualtyDimension>();

    /// <summary>Of all hosts together.</summary>
    public SequentialTest Overall => new(Good, Bad, FalseHalt, Missed);

    /// <summary>Of one dimension: each may err as often as leaves all of them within the whole.</summary>
    public SequentialTest OfDimension => new(Good, Bad, FalseHalt / Dimensions.Count, Missed);
}
