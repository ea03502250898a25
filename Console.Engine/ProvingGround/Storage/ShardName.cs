using System.Globalization;

namespace OpsConsole.Engine.ProvingGround.Storage;

/// <summary>A shard of an extent. Its bytes never change: a blob's id is never used twice.</summary>
/// <param name="Position">0 to 8: which of the extent's nine shards.</param>
public readonly record struct ShardName(Guid Blob, int Position)
{
    private const int ProbeVersion = 8;

    /// <summary>By blob, then by position.</summary>
    public static Comparer<ShardName> Order { get; } = Comparer<ShardName>.Create((a, b) => a.Blob.CompareTo(b.Blob) is var order and not 0 ? order : a.Position.CompareTo(b.Position));

    /// <summary>Whether it is a probe's and no object's: its id is of version 8 (RFC 9562: for uses of one's own), and those of extents are of version 4.</summary>
    public bool IsProbe => Blob.Version == ProbeVersion;

    /// <summary>A name no shard has yet, for one that no object will name.</summary>
    public static ShardName OfProbe(int position)
    {
        var id = Guid.NewGuid().ToByteArray(bigEndian: true);
        id[6] = (byte)((id[6] & 0x0f) | (ProbeVersion << 4));
        return new(new Guid(id, bigEndian: true), position);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Blob:N}-{Position}");

    public static ShardName? Parse(string text) =>
        text.Length == 34 && text[32] == '-' && text[33] is >= '0' and <= '8' && Guid.TryParseExact(text.AsSpan(0, 32), "N", out var blob) ? new ShardName(blob, text[33] - '0') : null;
}
