namespace OpsConsole.Engine.ProvingGround.Store;

/// <summary>One storage host as a web host sees it. Every call either answers or throws <see cref="HttpRequestException"/>, <see cref="IOException"/> or <see cref="TimeoutException"/>.</summary>
public interface IReplica
{
    string Host { get; }

    Task<KeepResult> KeepAsync(byte[] envelope, CancellationToken cancel);

    /// <summary>0 where the host has none.</summary>
    Task<long> VersionAsync(string bucket, string key, CancellationToken cancel);

    Task<ReplicaRead> ReadAsync(string bucket, string key, CancellationToken cancel);

    Task<IndexPage> ListAsync(string bucket, string prefix, string after, int take, CancellationToken cancel);

    Task PingAsync(CancellationToken cancel);
}

/// <param name="Version">0 where the host has none.</param>
/// <param name="Envelope">Null where there is none, or where the copy no longer verifies.</param>
public sealed record ReplicaRead(long Version, byte[]? Envelope);
