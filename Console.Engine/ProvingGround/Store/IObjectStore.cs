using System.Collections.Immutable;

namespace OpsConsole.Engine.ProvingGround.Store;

/// <summary>
/// Keeps objects. This is the seam between the S3 front and whatever stores: nothing in front of it knows of copies, hosts or disks.
/// <para>
/// The rule of the store behind it today (<see cref="ReplicatedStore"/>): every object has three copies, one in each AZ, in the same slot.
/// A write is acknowledged when <b>two</b> of the three have it on disk (fsync of file and folder), each having verified its checksum. Writes of one key are ordered by version:
/// microseconds of the writer's clock and the writer's number; a copy that already has a later version says so, and the writer goes above it.
/// A read needs the versions of <b>two</b> copies and gives the latest of them, after it has seen to it that two copies have that version (read repair).
/// Any two writes and reads share a copy, so: an acknowledged write is read by every later read, through any web host; losing one AZ, or restarting any web
/// host, loses no acknowledged object and stops neither reads nor writes; a write that was not acknowledged may appear or not, but not appear and vanish to readers of that key.
/// With fewer than two copies within reach the answer is <see cref="StoreUnavailableException"/>, never an old value.
/// A listing asks the copies' own indexes, two AZs for each slot, and takes the latest version of each key.
/// </para>
/// </summary>
public interface IObjectStore
{
    Task<ObjectHeader> PutAsync(NewObject wanted, ReadOnlyMemory<byte> content, CancellationToken cancel);

    /// <summary>Null where there is none.</summary>
    Task<StoredObject?> GetAsync(string bucket, string key, CancellationToken cancel);

    /// <summary>Deleting what is not there is success.</summary>
    Task DeleteAsync(string bucket, string key, CancellationToken cancel);

    /// <summary>Live objects of a bucket in the order of their keys' UTF-8 bytes, after <paramref name="after"/>. A page may be short or empty and still not be the last.</summary>
    Task<ListedPage> ListAsync(string bucket, string prefix, string after, int take, CancellationToken cancel);

    /// <summary>Whether enough of the store is within reach for reads and writes, in words where it is not; null where all is well.</summary>
    Task<string?> TroubleAsync(CancellationToken cancel);
}

/// <summary>What a customer asks to be stored.</summary>
public sealed record NewObject(string Bucket, string Key, string ETag, string? ContentType, ImmutableSortedDictionary<string, string> Metadata);

/// <param name="Next">Where the next page goes on; null at the end.</param>
public sealed record ListedPage(ImmutableArray<IndexEntry> Entries, string? Next);

/// <summary>Too few copies could be reached to answer truthfully.</summary>
public sealed class StoreUnavailableException(string message) : Exception(message);
