using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace OpsConsole.Engine.ProvingGround.Store;

/// <summary>
/// One storage host's objects: a file each, named after the hash of bucket and key, so that no key can name a path. Written beside, flushed, renamed, folder flushed.
/// Every read verifies the checksum. Full at <see cref="MaxBytes"/> or <see cref="MaxObjects"/>.
/// </summary>
public sealed class DiskStore
{
    public const int MaxObjects = 200_000;

    private readonly string _folder;
    private readonly ObjectIndex _index = new();
    private readonly Lock[] _locks = [.. Enumerable.Range(0, 64).Select(_ => new Lock())];
    private readonly ConcurrentDictionary<string, bool> _damaged = new();
    private long _beside;

    public DiskStore(string folder, long maxBytes = 4L << 30)
    {
        _folder = folder;
        MaxBytes = maxBytes;
        Load();
    }

    public long MaxBytes { get; }

    public int Objects => _index.Count;

    public long Bytes => _index.Bytes;

    /// <summary>Keeps the envelope, unless a later version is there already.</summary>
    public KeepResult Keep(byte[] envelope)
    {
        if (Envelope.Unpack(envelope) is not { } sent)
        {
            return new KeepResult(Kept.Corrupt, 0);
        }

        var name = Name(sent.Header.Bucket, sent.Header.Key);
        lock (LockOf(name))
        {
            var old = _index.Find(sent.Header.Bucket, sent.Header.Key);
            if (old?.Version > sent.Header.Version)
            {
                return new KeepResult(Kept.Superseded, old.Version);
            }

            if (old is null && (_index.Count >= MaxObjects || _index.Bytes + sent.Header.Size > MaxBytes))
            {
                return new KeepResult(Kept.Full, 0);
            }

            DurableFile.Write(Path.Combine(_folder, "beside", Interlocked.Increment(ref _beside).ToString(System.Globalization.CultureInfo.InvariantCulture)), FileOf(name), envelope);
            _index.Set(sent.Header);
            _damaged.TryRemove(name, out _);
            return new KeepResult(Kept.Yes, sent.Header.Version);
        }
    }

    /// <summary>The version there is, 0 where there is none. Throws where the disk has something under this key that it cannot tell the version of.</summary>
    public long VersionOf(string bucket, string key)
    {
        if (_index.Find(bucket, key) is { } entry)
        {
            return entry.Version;
        }

        return _damaged.ContainsKey(Name(bucket, key)) ? throw new IOException("the copy is damaged beyond telling its version") : 0;
    }

    /// <summary>The envelope as it was kept; null where there is none, or where it no longer verifies.</summary>
    public byte[]? Read(string bucket, string key)
    {
        var name = Name(bucket, key);
        lock (LockOf(name))
        {
            var file = FileOf(name);
            return File.Exists(file) && File.ReadAllBytes(file) is var bytes && Envelope.Unpack(bytes) is { } kept && kept.Header.Bucket == bucket && kept.Header.Key == key ? bytes : null;
        }
    }

    public IndexPage List(string bucket, string prefix, string after, int take) => _index.List(bucket, prefix, after, take);

    /// <summary>Where the copy of a key lies: for tests and drills that damage it.</summary>
    public string PathOf(string bucket, string key) => FileOf(Name(bucket, key));

    private void Load()
    {
        var beside = Path.Combine(_folder, "beside");
        if (Directory.Exists(beside))
        {
            Directory.Delete(beside, recursive: true);
        }

        Directory.CreateDirectory(beside);
        for (var shelf = 0; shelf < 256; shelf++)
        {
            Directory.CreateDirectory(Path.Combine(_folder, $"{shelf:x2}"));
        }

        foreach (var file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
        {
            if (ReadHead(file) is { } header && Name(header.Bucket, header.Key) == Path.GetFileName(file))
            {
                _index.Set(header);
            }
            else
            {
                _damaged[Path.GetFileName(file)] = true;
            }
        }
    }

    private static ObjectHeader? ReadHead(string file)
    {
        Span<byte> first = stackalloc byte[Envelope.MaxOverhead];
        using var handle = File.OpenHandle(file);
        return Envelope.Head(first[..RandomAccess.Read(handle, first, 0)])?.Header;
    }

    private Lock LockOf(string name) => _locks[Convert.ToInt32(name[..2], 16) % _locks.Length];

    private string FileOf(string name) => Path.Combine(_folder, name[..2], name);

    private static string Name(string bucket, string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{bucket}\0{key}")));
}

public enum Kept
{
    Yes,

    /// <summary>A later version is there.</summary>
    Superseded,

    /// <summary>The checksum does not fit: damaged on the way.</summary>
    Corrupt,

    Full,
}

/// <param name="Version">The version that is there now.</param>
public sealed record KeepResult(Kept Kept, long Version);
