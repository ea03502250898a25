namespace OpsConsole.Domain.FleetUpdate.Waves;

/// <summary>What a wave keeps to besides the sets' policy.</summary>
/// <param name="AzSerial">Hosts of one AZ only, and an AZ is finished before the next is begun.</param>
/// <param name="MostHosts">Hosts gone at once.</param>
public sealed record WaveLimits(bool AzSerial = true, int MostHosts = int.MaxValue)
{
    /// <summary>Hosts of one rack gone at once.</summary>
    public int MostInRack { get; init; } = int.MaxValue;
}
