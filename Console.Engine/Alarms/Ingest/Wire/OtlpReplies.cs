using System.Text;

namespace OpsConsole.Engine.Alarms.Ingest.Wire;

/// <summary>What is answered to a request in protobuf: OTLP's <c>ExportMetricsServiceResponse</c>, and <c>Status</c> for one that was refused.</summary>
public static class OtlpReplies
{
    /// <summary>gRPC's code for an argument that is wrong.</summary>
    private const ulong InvalidArgument = 3;

    /// <summary>Empty where all was taken.</summary>
    public static byte[] Taken(int rejected, string message)
    {
        if (rejected == 0)
        {
            return [];
        }

        List<byte> partial = [];
        Number(partial, 1, (ulong)rejected);
        Bytes(partial, 2, Encoding.UTF8.GetBytes(message));
        List<byte> answer = [];
        Bytes(answer, 1, [.. partial]);
        return [.. answer];
    }

    public static byte[] Refused(string message)
    {
        List<byte> answer = [];
        Number(answer, 1, InvalidArgument);
        Bytes(answer, 2, Encoding.UTF8.GetBytes(message));
        return [.. answer];
    }

    private static void Number(List<byte> into, int field, ulong value)
    {
        Varint(into, (ulong)field << 3);
        Varint(into, value);
    }

    private static void Bytes(List<byte> into, int field, byte[] bytes)
    {
        Varint(into, ((ulong)field << 3) | 2);
        Varint(into, (ulong)bytes.Length);
        into.AddRange(bytes);
    }

    private static void Varint(List<byte> into, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            into.Add((byte)(value | 0x80));
        }

        into.Add((byte)value);
    }
}
