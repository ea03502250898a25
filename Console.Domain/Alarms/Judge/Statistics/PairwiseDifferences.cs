namespace OpsConsole.Domain.Alarms.Judge.Statistics;

/// <summary>All differences first − second of two samples, in order, without writing them out: any one in O((m + n) · 64).</summary>
public sealed class PairwiseDifferences
{
    private readonly double[] _first;
    private readonly double[] _second;

    /// <summary>Samples are not empty and hold finite numbers only.</summary>
    public PairwiseDifferences(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        _first = first.ToArray();
        _second = second.ToArray();
        Array.Sort(_first);
        Array.Sort(_second);
    }

    public long Count => (long)_first.Length * _second.Length;

    public double Median => Count % 2 == 1 ? At(Count / 2) : At(Count / 2 - 1) / 2 + At(Count / 2) / 2;

    /// <summary>The difference with this index in ascending order, from 0.</summary>
    public double At(long index)
    {
        // Doubles in order are whole numbers in order: halving their range ends at the difference itself, whatever its scale.
        var (low, high) = (Order(_first[0] - _second[^1]), Order(_first[^1] - _second[0]));
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (AtMost(Value(middle)) > index)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return Value(low);
    }

    private long AtMost(double limit)
    {
        var (count, j) = (0L, 0);
        foreach (var value in _second)
        {
            while (j < _first.Length && _first[j] - value <= limit)
            {
                j++;
            }

            count += j;
        }

        return count;
    }

    private static ulong Order(double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value + 0.0);
        return bits >> 63 == 0 ? bits | (1UL << 63) : ~bits;
    }

    /// <summary>Never a negative zero.</summary>
    private static double Value(ulong order) => BitConverter.UInt64BitsToDouble(order >> 63 == 1 ? order & ~(1UL << 63) : ~order) + 0.0;
}
