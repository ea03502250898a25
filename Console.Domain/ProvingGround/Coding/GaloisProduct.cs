using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OpsConsole.Domain.ProvingGround.Coding;

/// <summary>
/// A matrix ready to be multiplied with long rows of bytes. A byte's product with a constant is the exclusive or of two table values, one for each half of the byte,
/// and one shuffle instruction looks up a whole vector of halves.
/// </summary>
public sealed class GaloisProduct
{
    /// <summary>For each cell the products with 0 to 15, and with 0, 16, … 240.</summary>
    private const int TableBytes = 32;
    private const int RowsAtOnce = 4;

    private readonly byte[] _tables;
    private readonly int _rows;
    private readonly int _columns;

    public GaloisProduct(GaloisMatrix matrix)
    {
        (_rows, _columns) = (matrix.Rows, matrix.Columns);
        _tables = new byte[_rows * _columns * TableBytes];
        for (var cell = 0; cell < _rows * _columns; cell++)
        {
            var factor = matrix[cell / _columns, cell % _columns];
            for (var half = 0; half < 16; half++)
            {
                _tables[(cell * TableBytes) + half] = GaloisField.Multiply(factor, (byte)half);
                _tables[(cell * TableBytes) + 16 + half] = GaloisField.Multiply(factor, (byte)(half << 4));
            }
        }
    }

    /// <summary>How wide a step may be: tests prove the widths equal.</summary>
    public enum Width
    {
        Scalar = 1,
        Vector128 = 16,
        Vector256 = 32,
    }

    /// <summary>The widest this machine has.</summary>
    public static Width Widest => Avx2.IsSupported ? Width.Vector256 : System.Runtime.Intrinsics.Vector128.IsHardwareAccelerated ? Width.Vector128 : Width.Scalar;

    /// <summary>Shards lie one after another in <paramref name="shards"/>, each <paramref name="length"/> bytes; those numbered in <paramref name="to"/> become the products of those in <paramref name="from"/>.</summary>
    public void Apply(Span<byte> shards, int length, ReadOnlySpan<int> from, ReadOnlySpan<int> to) => Apply(shards, length, from, to, Widest);

    public void Apply(Span<byte> shards, int length, ReadOnlySpan<int> from, ReadOnlySpan<int> to, Width width)
    {
        if (from.Length != _columns || to.Length != _rows)
        {
            throw new ArgumentException($"a product of {_rows} by {_columns} takes {_columns} shards and gives {_rows}", nameof(from));
        }

        foreach (var number in from)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((long)(number + 1) * length, shards.Length);
        }

        foreach (var number in to)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((long)(number + 1) * length, shards.Length);
        }

        for (var row = 0; row < _rows; row += RowsAtOnce)
        {
            var some = to.Slice(row, Math.Min(RowsAtOnce, _rows - row));
            var done = width switch
            {
                Width.Vector256 => Wide(shards, length, from, some, row),
                Width.Vector128 => Narrow(shards, length, from, some, row),
                _ => 0,
            };
            Scalar(shards, length, from, some, row, done);
        }
    }

    /// <returns>How many bytes of each shard are done.</returns>
    private int Wide(Span<byte> shards, int length, ReadOnlySpan<int> from, ReadOnlySpan<int> to, int firstRow)
    {
        ref var bytes = ref MemoryMarshal.GetReference(shards);
        ref var tables = ref MemoryMarshal.GetArrayDataReference(_tables);
        var mask = Vector256.Create((byte)0x0F);
        var at = 0;
        for (; at <= length - 32; at += 32)
        {
            Vector256<byte> a = default, b = default, c = default, d = default;
            for (var column = 0; column < from.Length; column++)
            {
                var data = Vector256.LoadUnsafe(ref bytes, (nuint)((from[column] * length) + at));
                var low = data & mask;
                var high = Vector256.ShiftRightLogical(data.AsUInt16(), 4).AsByte() & mask;
                var table = ((firstRow * _columns) + column) * TableBytes;
                a ^= Look(ref tables, table, low, high);
                b = to.Length > 1 ? b ^ Look(ref tables, table + (_columns * TableBytes), low, high) : b;
                c = to.Length > 2 ? c ^ Look(ref tables, table + (_columns * TableBytes * 2), low, high) : c;
                d = to.Length > 3 ? d ^ Look(ref tables, table + (_columns * TableBytes * 3), low, high) : d;
            }

            a.StoreUnsafe(ref bytes, (nuint)((to[0] * length) + at));
            if (to.Length > 1)
            {
                b.StoreUnsafe(ref bytes, (nuint)((to[1] * length) + at));
            }

            if (to.Length > 2)
            {
                c.StoreUnsafe(ref bytes, (nuint)((to[2] * length) + at));
            }

            if (to.Length > 3)
            {
                d.StoreUnsafe(ref bytes, (nuint)((to[3] * length) + at));
            }
        }

        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Look(ref byte tables, int table, Vector256<byte> low, Vector256<byte> high)
    {
        var lows = Vector128.LoadUnsafe(ref tables, (nuint)table);
        var highs = Vector128.LoadUnsafe(ref tables, (nuint)table + 16);
        return Avx2.Shuffle(Vector256.Create(lows, lows), low) ^ Avx2.Shuffle(Vector256.Create(highs, highs), high);
    }

    private int Narrow(Span<byte> shards, int length, ReadOnlySpan<int> from, ReadOnlySpan<int> to, int firstRow)
    {
        ref var bytes = ref MemoryMarshal.GetReference(shards);
        ref var tables = ref MemoryMarshal.GetArrayDataReference(_tables);
        var mask = Vector128.Create((byte)0x0F);
        var at = 0;
        for (; at <= length - 16; at += 16)
        {
            for (var row = 0; row < to.Length; row++)
            {
                Vector128<byte> sum = default;
                for (var column = 0; column < from.Length; column++)
                {
                    var data = Vector128.LoadUnsafe(ref bytes, (nuint)((from[column] * length) + at));
                    var table = (nuint)((((firstRow + row) * _columns) + column) * TableBytes);
                    sum ^= Vector128.ShuffleNative(Vector128.LoadUnsafe(ref tables, table), data & mask)
                        ^ Vector128.ShuffleNative(Vector128.LoadUnsafe(ref tables, table + 16), Vector128.ShiftRightLogical(data.AsUInt16(), 4).AsByte() & mask);
                }

                sum.StoreUnsafe(ref bytes, (nuint)((to[row] * length) + at));
            }
        }

        return at;
    }

    private void Scalar(Span<byte> shards, int length, ReadOnlySpan<int> from, ReadOnlySpan<int> to, int firstRow, int begin)
    {
        for (var at = begin; at < length; at++)
        {
            for (var row = 0; row < to.Length; row++)
            {
                var sum = 0;
                for (var column = 0; column < from.Length; column++)
                {
                    var data = shards[(from[column] * length) + at];
                    var table = (((firstRow + row) * _columns) + column) * TableBytes;
                    sum ^= _tables[table + (data & 0x0F)] ^ _tables[table + 16 + (data >> 4)];
                }

                shards[(to[row] * length) + at] = (byte)sum;
            }
        }
    }
}
