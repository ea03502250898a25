namespace OpsConsole.Domain.FleetUpdate.Casualties;

/// <summary>How fast hosts may be taken, in hosts an hour of one AZ and one activity.</summary>
public sealed record VelocityPolicy(double First, double Least, double Most)
{
    public static readonly VelocityPolicy Usual = new(First: 4, Least: 1, Most: 4_096);

    /// <summary>Null where it can be worked with; else what is wrong, in words.</summary>
    public string? Fault => Least > 0 && First >= Least && Most >= First && double.IsFinite(Most) ? null : "A velocity has a least above 0, a first of at least that and a most of at least that.";
}
