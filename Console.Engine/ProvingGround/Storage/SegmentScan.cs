using OpsConsole.Engine.ProvingGround.Checksums;

namespace OpsConsole.Engine.ProvingGround.Storage;

/// <summary>Walks a segment's records; where one is damaged, goes on at the next that is whole.</summary>
internal static class SegmentScan
{
    private const int Window = 1 << 16;

    /// <param name="from">Where to begin; 0 or where a record ended.</param>
    public static IEnumerable<(long At, ShardHead Head)> Heads(Segment segment, long from = 0)
    {
        var bytes = new byte[ShardRecord.HeaderBytes];
        for (var at = from; at + ShardRecord.HeaderBytes <= segment.Length;)
        {
            if (segment.Read(bytes, at) == bytes.Length && ShardRecord.Unpack(bytes) is { } head && at + ShardRecord.SizeOf(head.Length) <= segment.Length)
            {
                yield return (at, head);
                at += ShardRecord.SizeOf(head.Length);
            }
            else if (NextWhole(segment, at + ShardRecord.Alignment) is { } next)
            {
                at = next;
            }
            else
            {
                yield break;
            }
        }
    }

    /// <summary>Whether the bytes behind a head have the checksum it says.</summary>
    public static bool Whole(Segment segment, long at, ShardHead head)
    {
        var bytes = new byte[head.Length];
        return segment.Read(bytes, at + ShardRecord.HeaderBytes) == bytes.Length && Crc32.Castagnoli(bytes) == head.Crc;
    }

    private static long? NextWhole(Segment segment, long from)
    {
        var window = new byte[Window];
        for (var at = from; at + ShardRecord.HeaderBytes <= segment.Length; at += Window - ShardRecord.HeaderBytes)
        {
            var read = segment.Read(window, at);
            for (var offset = 0; offset + ShardRecord.HeaderBytes <= read; offset += ShardRecord.Alignment)
            {
                if (ShardRecord.Unpack(window.AsSpan(offset)) is { } head && at + offset + ShardRecord.SizeOf(head.Length) <= segment.Length)
                {
                    return at + offset;
                }
            }
        }

        return null;
    }
}
