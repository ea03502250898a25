using System.Text;

namespace OpsConsole.Engine.Alarms.Ingest.Wire;

/// <summary>What is answered to a request in protobuf: OTLP's <c>ExportMetricsServiceResponse</c>, and <c>Status</c> for one that was refused.</summary>
public static class OtlpReplies
{
    private const ulong InvalidArgument = 3;
    private const ulong NotFound = 5;
    private const ulong PermissionDenied = 7;
    private const ulong ResourceExhausted = 8;
    private const ulong Unimplemented = 12;
    private const ulong Internal = 13;
    private const ulong Unavailable = 14;
    private const ulong Unauthenticated = 16;

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

    /// <param name="status">The answer's HTTP status.</param>
    public static byte[] Refused(int status, string message)
    {
        List<byte> answer = [];
        Number(answer, 1, CodeOf(status));
        Bytes(answer, 2, Encoding.UTF8.GetBytes(message));
        return [.. answer];
    }

    /// <summary>gRPC's code for what an HTTP status means.</summary>
    private static ulong CodeOf(int status) =>
        status switch
        {
            401 => Unauthenticated,
            403 => PermissionDenied,
            404 => NotFound,
            405 => Unimplemented,
            413 or 429 => ResourceExhausted,
            >= 400 and < 500 => InvalidArgument,
            503 => Unavailable,
            _ => Internal,
        };

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
