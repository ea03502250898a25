namespace OpsConsole.Domain.Reservations;

/// <summary>
/// Changes of charges one behind the other, shared by the states that came of each other: a state sees those before its own place. What is decided and then not kept leaves its changes behind; the next
/// state that comes of the same one begins a row of its own beside it.
/// </summary>
/// <param name="before">The row that this one goes on from; null for none.</param>
/// <param name="beforeAt">How many of its changes lie before this row.</param>
internal sealed class ChargeRow(ChargeRow? before, int beforeAt)
{
    /// <summary>Changes in a row.</summary>
    public const int Most = 256;

    /// <summary>Rows that hang together. What is older is forgotten: who counted along with that counts anew, once.</summary>
    public const int RowsKept = 64;

    private readonly string[] _hosts = before is null ? [] : new string[Most];
    private ChargeRow? _before = before;
    private int _used;

    /// <summary>Greater than that of every row it goes on from.</summary>
    public int Number { get; } = before is null ? 0 : before.Number + 1;

    public ChargeRow? Before => Volatile.Read(ref _before);

    public int BeforeAt => beforeAt;

    /// <summary>A row that goes on from <paramref name="row"/>, with the host as its first change.</summary>
    public static ChargeChange After(ChargeRow? row, int at, string host)
    {
        var next = new ChargeRow(row ?? new(null, 0), at);
        next.TryAdd(0, host);
        next.Forget();
        return new(next, 1);
    }

    /// <summary>False where there is no room, or another state went on from the same place.</summary>
    public bool TryAdd(int at, string host)
    {
        if (at >= _hosts.Length || Interlocked.CompareExchange(ref _used, at + 1, at) != at)
        {
            return false;
        }

        _hosts[at] = host;
        return true;
    }

    public ReadOnlySpan<string> Between(int from, int to) => _hosts.AsSpan(from, to - from);

    private void Forget()
    {
        var row = this;
        for (var i = 1; i < RowsKept && row is not null; i++)
        {
            row = row.Before;
        }

        if (row is not null)
        {
            Volatile.Write(ref row._before, null);
        }
    }
}
