using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OpsConsole.Domain.ProvingGround.Coding;

/// <summary>
/// Shortens a long message to 16 bytes with the same remainder, 64 bytes a step, by multiplying without carry: a block D bits ahead of another counts x^D times as much,
/// so it may be multiplied by x^D modulo the polynomial and added to the other. For reflected checks of up to 64 bits.
/// </summary>
internal sealed class CrcFold
{
    /// <summary>Shorter messages are not worth it.</summary>
    public const int Least = 128;

    private readonly Vector128<ulong> _by512;
    private readonly Vector128<ulong> _by384;
    private readonly Vector128<ulong> _by256;
    private readonly Vector128<ulong> _by128;

    public CrcFold(CrcModel model)
    {
        // In reflected registers a product comes out one bit short, so each factor is one power less.
        Vector128<ulong> Factors(int bits) => Vector128.Create(Register(model, bits + 63), Register(model, bits - 1));
        (_by512, _by384, _by256, _by128) = (Factors(512), Factors(384), Factors(256), Factors(128));
    }

    public static bool Supported => Pclmulqdq.IsSupported && BitConverter.IsLittleEndian;

    /// <param name="state">The register before the message.</param>
    /// <param name="rest">Sixteen bytes that stand for all that was taken, to be gone on with from a register of 0.</param>
    /// <returns>How many bytes were taken; a multiple of 64.</returns>
    public int Shorten(ulong state, ReadOnlySpan<byte> message, Span<byte> rest)
    {
        ref var bytes = ref MemoryMarshal.GetReference(message);
        var a = Vector128.LoadUnsafe(ref bytes).AsUInt64() ^ Vector128.CreateScalar(state);
        var b = Vector128.LoadUnsafe(ref bytes, 16).AsUInt64();
        var c = Vector128.LoadUnsafe(ref bytes, 32).AsUInt64();
        var d = Vector128.LoadUnsafe(ref bytes, 48).AsUInt64();
        var taken = 64;
        for (; taken <= message.Length - 64; taken += 64)
        {
            a = Fold(a, _by512) ^ Vector128.LoadUnsafe(ref bytes, (nuint)taken).AsUInt64();
            b = Fold(b, _by512) ^ Vector128.LoadUnsafe(ref bytes, (nuint)taken + 16).AsUInt64();
            c = Fold(c, _by512) ^ Vector128.LoadUnsafe(ref bytes, (nuint)taken + 32).AsUInt64();
            d = Fold(d, _by512) ^ Vector128.LoadUnsafe(ref bytes, (nuint)taken + 48).AsUInt64();
        }

        var all = Fold(a, _by384) ^ Fold(b, _by256) ^ Fold(c, _by128) ^ d;
        BinaryPrimitives.WriteUInt64LittleEndian(rest, all[0]);
        BinaryPrimitives.WriteUInt64LittleEndian(rest[8..], all[1]);
        return taken;
    }

    private static Vector128<ulong> Fold(Vector128<ulong> block, Vector128<ulong> factors) =>
        Pclmulqdq.CarrylessMultiply(block, factors, 0x00) ^ Pclmulqdq.CarrylessMultiply(block, factors, 0x11);

    /// <summary>x to a power as a reflected 64-bit register: the bit of x^63 lowest.</summary>
    private static ulong Register(CrcModel model, int power)
    {
        var value = model.PowerOfX((ulong)power);
        var reversed = 0UL;
        while (value != 0)
        {
            var bit = BitOperations.TrailingZeroCount(value);
            reversed |= 1UL << (63 - bit);
            value &= value - 1;
        }

        return reversed;
    }
}
