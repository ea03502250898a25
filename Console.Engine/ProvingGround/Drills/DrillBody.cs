using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace OpsConsole.Engine.ProvingGround.Drills;

/// <summary>Bytes that follow from their name alone, so that whoever reads them knows whether each is right and whose they are.</summary>
internal static class DrillBody
{
    private const int LongestName = 64;

    /// <param name="name">Letters, digits and hyphens; no two writes share one.</param>
    public static byte[] Make(string name, int size)
    {
        var head = Encoding.ASCII.GetBytes($"{name} {size}\n");
        var body = new byte[Math.Max(size, head.Length)];
        head.CopyTo(body, 0);
        var state = BitConverter.ToUInt64(SHA256.HashData(head)) | 1;
        Span<byte> last = stackalloc byte[sizeof(ulong)];
        for (var rest = body.AsSpan(head.Length); rest.Length > 0; rest = rest[Math.Min(rest.Length, last.Length)..])
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            BinaryPrimitives.WriteUInt64LittleEndian(last, state);
            last[..Math.Min(rest.Length, last.Length)].CopyTo(rest);
        }

        return body;
    }

    /// <summary>The name of the write these are the bytes of, or what is wrong with them: no write has such a name.</summary>
    public static string NameOf(byte[] body)
    {
        var end = body.AsSpan(0, Math.Min(body.Length, LongestName)).IndexOf((byte)'\n');
        if (end < 0 || Encoding.ASCII.GetString(body, 0, end).Split(' ') is not [var name, var size] || !int.TryParse(size, out var length))
        {
            return $"bytes of nobody ({body.Length} long)";
        }

        var right = Make(name, Math.Clamp(length, 0, 64 << 20));
        var wrong = right.AsSpan().CommonPrefixLength(body);
        return wrong == right.Length && right.Length == body.Length ? name : $"{name} damaged from byte {wrong}";
    }
}
