using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Tests.ProvingGround;

/// <summary>A storage host in memory that can be switched off.</summary>
internal sealed class MemoryReplica(string host) : IReplica
{
    private readonly Dictionary<(string, string), byte[]> _kept = [];

    public string Host => host;

    public bool Down { get; set; }

    public ObjectHeader? Header(string bucket, string key) => _kept.TryGetValue((bucket, key), out var envelope) ? Envelope.Unpack(envelope)!.Header : null;

    public void Damage(string bucket, string key) => _kept[(bucket, key)][^9] ^= 1;

    public Task<KeepResult> KeepAsync(byte[] envelope, CancellationToken cancel)
    {
        Answer();
        var sent = Envelope.Unpack(envelope)!.Header;
        var old = Version(sent.Bucket, sent.Key);
        if (old > sent.Version)
        {
            return Task.FromResult(new KeepResult(Kept.Superseded, old));
        }

        _kept[(sent.Bucket, sent.Key)] = envelope.ToArray();
        return Task.FromResult(new KeepResult(Kept.Yes, sent.Version));
    }

    public Task<long> VersionAsync(string bucket, string key, CancellationToken cancel)
    {
        Answer();
        return Task.FromResult(Version(bucket, key));
    }

    public Task<ReplicaRead> ReadAsync(string bucket, string key, CancellationToken cancel)
    {
        Answer();
        var envelope = _kept.GetValueOrDefault((bucket, key));
        return Task.FromResult(new ReplicaRead(Version(bucket, key), envelope is not null && Envelope.Unpack(envelope) is not null ? envelope : null));
    }

    public Task<IndexPage> ListAsync(string bucket, string prefix, string after, int take, CancellationToken cancel)
    {
        Answer();
        var all = _kept.Values.Select(envelope => Envelope.Head(envelope)!.Value.Header)
            .Where(header => header.Bucket == bucket && header.Key.StartsWith(prefix, StringComparison.Ordinal) && (after.Length == 0 || KeyOrder.Instance.Compare(header.Key, after) > 0))
            .OrderBy(header => header.Key, KeyOrder.Instance)
            .Select(header => new IndexEntry(header.Key, header.Version, header.Size, header.ETag, header.Modified, header.Deleted))
            .ToArray();
        return Task.FromResult(new IndexPage([.. all.Take(take)], all.Length > take));
    }

    public Task PingAsync(CancellationToken cancel)
    {
        Answer();
        return Task.CompletedTask;
    }

    private long Version(string bucket, string key) => _kept.TryGetValue((bucket, key), out var envelope) ? Envelope.Head(envelope)!.Value.Header.Version : 0;

    private void Answer()
    {
        if (Down)
        {
            throw new HttpRequestException($"{host} is down");
        }
    }
}
