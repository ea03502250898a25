using System.Collections.Concurrent;

namespace OpsConsole.Domain.ProvingGround.Coding;

/// <summary>
/// A systematic Reed–Solomon code: k shards of data and m of parity, all of one length; any k of them give the others back.
/// Parity is made with Vandermonde rows multiplied by the inverse of the first k of them, so that the data themselves are the first k shards.
/// </summary>
public sealed class ReedSolomon
{
    /// <summary>Erasure patterns whose inverse is remembered: more than there are of 5 + 4 in use, and no more than so many of wide codes.</summary>
    private const int MostRemembered = 512;

    private readonly GaloisMatrix _rows;
    private readonly GaloisProduct _encode;
    private readonly int[] _data;
    private readonly int[] _parity;
    private readonly ConcurrentDictionary<(UInt128 Present, UInt128 Wanted), Mending> _mendings = new();

    /// <param name="data">k, 1 to 127.</param>
    /// <param name="parity">m, 1 to 127; at most 128 shards in all.</param>
    public ReedSolomon(int data, int parity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(data, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(parity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(data + parity, 128);
        (Data, Parity) = (data, parity);
        _data = [.. Enumerable.Range(0, data)];
        _parity = [.. Enumerable.Range(data, parity)];
        var vandermonde = GaloisMatrix.Vandermonde(data + parity, data);
        _rows = vandermonde.Times(vandermonde.Pick(_data).Invert());
        _encode = new GaloisProduct(_rows.Pick(_parity));
    }

    public int Data { get; }

    public int Parity { get; }

    public int Shards => Data + Parity;

    /// <summary>The factors of one parity shard, one for each data shard.</summary>
    public ReadOnlySpan<byte> ParityRow(int parity) => _rows.Row(Data + parity);

    /// <summary>Fills in the parity.</summary>
    /// <param name="shards">All shards one after another, data first, each <paramref name="length"/> bytes.</param>
    public void Encode(Span<byte> shards, int length) => Encode(shards, length, GaloisProduct.Widest);

    public void Encode(Span<byte> shards, int length, GaloisProduct.Width width)
    {
        Check(shards, length);
        _encode.Apply(shards, length, _data, _parity, width);
    }

    /// <summary>Fills in the shards that are missing; false, and nothing is touched, where fewer than k are there.</summary>
    /// <param name="present">Bit i for shard i.</param>
    public bool Reconstruct(Span<byte> shards, int length, UInt128 present) => Reconstruct(shards, length, present, UInt128.MaxValue);

    /// <param name="wanted">Only these of the missing shards are filled in.</param>
    public bool Reconstruct(Span<byte> shards, int length, UInt128 present, UInt128 wanted)
    {
        Check(shards, length);
        var all = UInt128.MaxValue >> (128 - Shards);
        present &= all;
        wanted &= all & ~present;
        if ((int)UInt128.PopCount(present) < Data)
        {
            return false;
        }

        if (wanted != 0)
        {
            var mending = _mendings.TryGetValue((present, wanted), out var known) ? known : Remember((present, wanted), Mend(present, wanted));
            mending.Product.Apply(shards, length, mending.From, mending.To);
        }

        return true;
    }

    /// <summary>Whether the parity is what the data say.</summary>
    public bool Verify(ReadOnlySpan<byte> shards, int length)
    {
        Check(shards, length);
        var again = new byte[Shards * length];
        shards[..(Data * length)].CopyTo(again);
        Encode(again, length);
        return shards[..again.Length].SequenceEqual(again);
    }

    private void Check(ReadOnlySpan<byte> shards, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfLessThan(shards.Length, (long)Shards * length, nameof(shards));
    }

    private Mending Mend(UInt128 present, UInt128 wanted)
    {
        static bool Has(UInt128 set, int shard) => ((set >> shard) & 1) == 1;
        int[] from = [.. Enumerable.Range(0, Shards).Where(shard => Has(present, shard)).Take(Data)];
        int[] to = [.. Enumerable.Range(0, Shards).Where(shard => Has(wanted, shard))];
        return new Mending(from, to, new GaloisProduct(_rows.Pick(to).Times(_rows.Pick(from).Invert())));
    }

    private Mending Remember((UInt128 Present, UInt128 Wanted) pattern, Mending mending)
    {
        if (_mendings.Count < MostRemembered)
        {
            _mendings.TryAdd(pattern, mending);
        }

        return mending;
    }

    private sealed record Mending(int[] From, int[] To, GaloisProduct Product);
}
