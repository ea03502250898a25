using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.ProvingGround.Patients;

public static class PatientsStreams
{
    public const string Family = "patients";

    public static StreamId Of(string region) => new($"{Family}/{region}");
}

/// <summary>Makes a host of the proving ground ill on purpose; needs a reason. Refused for every other host.</summary>
/// <param name="Amount">How badly, in the ailment's unit; null for the usual.</param>
/// <param name="For">How long, 1 second to 1 hour; momentary ones take no time.</param>
public sealed record MakeIll(string Region, string Host, Ailment Ailment, int? Amount, TimeSpan For) : ICommand
{
    public StreamId Stream => PatientsStreams.Of(Region);

    public Permission Needs => Permission.DrillHosts;

    public Scope Scope => Scope.OfRegion(Region);
}

/// <summary>Ends an ailment before its time. Doing it twice changes nothing.</summary>
/// <param name="Ailment">Null for all the host has.</param>
public sealed record Heal(string Region, string Host, Ailment? Ailment) : ICommand
{
    public StreamId Stream => PatientsStreams.Of(Region);

    public Permission Needs => Permission.DrillHosts;

    public Scope Scope => Scope.OfRegion(Region);
}
