using System.Numerics;

namespace OpsConsole.Domain.ProvingGround.Coding;

/// <summary>What makes one cyclic redundancy check differ from another, and its meaning bit by bit; faster ways are proven equal to this one.</summary>
/// <param name="Width">Bits, 8 to 64.</param>
/// <param name="Polynomial">Highest power first, without the leading one.</param>
/// <param name="Reflected">Whether bytes go in, and the sum comes out, lowest bit first.</param>
public sealed record CrcModel(int Width, ulong Polynomial, ulong Initial, bool Reflected, ulong FinalXor)
{
    public static CrcModel Crc32 { get; } = new(32, 0x04C11DB7, uint.MaxValue, true, uint.MaxValue);

    public static CrcModel Crc32C { get; } = new(32, 0x1EDC6F41, uint.MaxValue, true, uint.MaxValue);

    public static CrcModel Crc64Nvme { get; } = new(64, 0xAD93D23594C93659, ulong.MaxValue, true, ulong.MaxValue);

    private ulong Mask => Width == 64 ? ulong.MaxValue : (1UL << Width) - 1;

    /// <summary>The polynomial as a reflected register has it.</summary>
    public ulong Reversed => Reverse(Polynomial);

    public ulong Compute(ReadOnlySpan<byte> data)
    {
        var crc = Reflected ? Reverse(Initial) : Initial;
        foreach (var one in data)
        {
            crc ^= Reflected ? one : (ulong)one << (Width - 8);
            for (var bit = 0; bit < 8; bit++)
            {
                crc = Reflected ? StepDown(crc) : Double(crc);
            }
        }

        return crc ^ FinalXor;
    }

    /// <summary>The check of two runs of bytes one after the other, from the check of each.</summary>
    public ulong Combine(ulong first, ulong second, long secondLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(secondLength);
        var state = first ^ FinalXor ^ (Reflected ? Reverse(Initial) : Initial);
        state = Reflected ? Reverse(state) : state;
        var moved = Product(state, PowerOfX(checked((ulong)secondLength * 8)));
        return (Reflected ? Reverse(moved) : moved) ^ second;
    }

    /// <summary>x to a power, modulo the polynomial; highest power first.</summary>
    public ulong PowerOfX(ulong exponent)
    {
        var result = 1UL;
        for (var bit = 63 - BitOperations.LeadingZeroCount(exponent); bit >= 0; bit--)
        {
            result = Product(result, result);
            result = ((exponent >> bit) & 1) == 1 ? Double(result) : result;
        }

        return result;
    }

    private ulong Product(ulong a, ulong b)
    {
        var sum = 0UL;
        for (var bit = Width - 1; bit >= 0; bit--)
        {
            sum = Double(sum);
            sum ^= ((b >> bit) & 1) == 1 ? a : 0;
        }

        return sum;
    }

    private ulong Double(ulong value) => ((value << 1) ^ ((value >> (Width - 1)) == 1 ? Polynomial : 0)) & Mask;

    private ulong StepDown(ulong value) => (value >> 1) ^ ((value & 1) == 1 ? Reversed : 0);

    private ulong Reverse(ulong value)
    {
        var reversed = 0UL;
        for (var bit = 0; bit < Width; bit++)
        {
            reversed |= ((value >> bit) & 1) << (Width - 1 - bit);
        }

        return reversed;
    }
}
