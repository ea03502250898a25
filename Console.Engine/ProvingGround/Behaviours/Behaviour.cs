using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Behaviours;

/// <summary>How a build of the web host behaves: this one as it should. Builds that differ override the one thing they do differently.</summary>
internal class Behaviour
{
    /// <summary>Whether <c>If-None-Match</c> is looked at.</summary>
    public virtual bool HonoursIfNoneMatch => true;

    /// <summary>The reasons to refuse a request, in the order they are looked at.</summary>
    public virtual ImmutableArray<Gate> Refusals => Gates.InOrder;

    /// <summary>Whether a checksum a customer names is compared.</summary>
    /// <param name="algorithm">As in <see cref="ChecksumAsked.Algorithms"/>.</param>
    public virtual bool Honours(string algorithm) => true;

    /// <summary>The status of an answer that went well.</summary>
    public virtual int Status(S3Call call, int status) => status;

    /// <summary>What the host knows of buckets and objects.</summary>
    public virtual IIndex Over(IIndex index) => index;

    /// <summary>Where a listing goes on that a token says it had come to <paramref name="last"/>.</summary>
    /// <param name="writer">Which life of which host gave the token.</param>
    /// <param name="me">This life of this host.</param>
    public virtual string Resume(string writer, string me, string last) => last;

    /// <summary>Runs before bytes of an object are stored or given.</summary>
    /// <param name="size">Bytes stored or given.</param>
    public virtual ValueTask OnBytesAsync(long size, CancellationToken cancel) => ValueTask.CompletedTask;

    /// <summary>One shard as it is handed to its storage host, its checksum made.</summary>
    public virtual void OnShard(Span<byte> shard)
    {
    }

    /// <summary>Runs before the host listens.</summary>
    public virtual void OnStart()
    {
    }

    /// <summary>Runs before each customer's request.</summary>
    public virtual ValueTask OnRequestAsync(CancellationToken cancel) => ValueTask.CompletedTask;

    /// <summary>The bytes as they are handed to the store.</summary>
    public virtual void OnStore(byte[] content)
    {
    }

    /// <summary>Runs before a part of an object is answered.</summary>
    public virtual void OnRange()
    {
    }

    /// <summary>Where a storage host is reached.</summary>
    public virtual Uri Reach(Uri storage) => storage;
}
