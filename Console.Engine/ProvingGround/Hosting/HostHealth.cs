namespace OpsConsole.Engine.ProvingGround.Hosting;

/// <summary>What a process of the ground says of itself.</summary>
/// <param name="Version">The release it runs; null for processes that are no patients of releases.</param>
/// <param name="Requests">Requests served since it started, health checks left out.</param>
/// <param name="Trouble">What it needs and cannot reach, in words; null where all is well.</param>
public sealed record HostHealth(string Id, int Pid, string? Version, string? Digest, long Requests, bool ReadOnly, string? Trouble)
{
    /// <summary>Its patch levels, as it read them from its folder when it started; null where it was never patched.</summary>
    public string? Firmware { get; init; }

    public string? OsPatch { get; init; }
}
