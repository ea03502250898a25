using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>A state as bytes on disk: gzip'd JSON, and a SHA-256 over stream, version and bytes by which damage is found.</summary>
internal static class SnapshotCode
{
    public static byte[] Write(object state, Type type)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(gzip, state, type, EventTypes.Json);
        }

        return bytes.ToArray();
    }

    /// <summary>Throws <see cref="JsonException"/> or <see cref="InvalidDataException"/> where the bytes are not such a state.</summary>
    public static object Read(byte[] bytes, Type type)
    {
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        return JsonSerializer.Deserialize(gzip, type, EventTypes.Json) ?? throw new InvalidDataException("The snapshot is null.");
    }

    public static byte[] Hash(string stream, long version, byte[] bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{stream}\n{version}\n"));
        hash.AppendData(bytes);
        return hash.GetHashAndReset();
    }
}
