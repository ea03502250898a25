namespace OpsConsole.Engine.ProvingGround;

/// <summary>A process that says it runs a host: enough to find it again after the console was killed, and to tell it from a stranger with the same pid.</summary>
/// <param name="Started">When the kernel says the process started, in its own ticks.</param>
/// <param name="Version">The release it runs; null for processes that are no patients of releases.</param>
public sealed record RunningHost(string Id, int Pid, long Started, int Port, string? Version, string? Digest);
