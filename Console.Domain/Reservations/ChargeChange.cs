namespace OpsConsole.Domain.Reservations;

/// <summary>
/// A host was charged or is so no more. Each state knows the last change before it, so that who counts along with the charges can go from one state to any other by the hosts that lie
/// between them, forward or back, and never has to look at all of them.
/// </summary>
internal sealed class ChargeChange
{
    /// <summary>Changes that hang together. After so many a new row begins, and who counts along counts anew once.</summary>
    private const int Most = 16_384;

    private readonly string? _host;
    private readonly ChargeChange? _before;
    private readonly int _depth;

    private ChargeChange(string? host, ChargeChange? before, int depth) => (_host, _before, _depth) = (host, before, depth);

    /// <summary>Nothing is known of what was before.</summary>
    public static ChargeChange Unknown() => new(null, null, 0);

    public ChargeChange Next(string host) => _depth < Most ? new(host, this, _depth + 1) : Unknown();

    /// <summary>The hosts whose charge may differ between two states, some perhaps named more than once; null where that cannot be told.</summary>
    public static IReadOnlyList<string>? Between(ChargeChange one, ChargeChange other)
    {
        var hosts = new List<string>();
        while (!ReferenceEquals(one, other))
        {
            var deeper = other._depth > one._depth ? other : one;
            if (deeper._before is not { } before)
            {
                return null;
            }

            hosts.Add(deeper._host!);
            (one, other) = ReferenceEquals(deeper, one) ? (before, other) : (one, before);
        }

        return hosts;
    }
}
