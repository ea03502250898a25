namespace OpsConsole.Domain.Reservations;

/// <summary>
/// How far the changes of a region's charges had come: which hosts were charged or are so no more, in their order. Each state knows its place, so that who counts along with the charges can go from one
/// state to any other by the hosts that lie between them, forward or back, and never has to look at all of them.
/// </summary>
/// <param name="Row">Where the last change stands; null where none is known.</param>
/// <param name="At">How many of the row's changes had happened.</param>
internal readonly record struct ChargeChange(ChargeRow? Row, int At)
{
    /// <summary>Nothing is known of what was before.</summary>
    public static ChargeChange Unknown() => new(new ChargeRow(null, 0), 0);

    public ChargeChange Next(string host) => Row is not null && Row.TryAdd(At, host) ? this with { At = At + 1 } : ChargeRow.After(Row, At, host);

    /// <summary>The hosts whose charge may differ between two states, some perhaps named more than once; null where that cannot be told.</summary>
    public static IReadOnlyList<string>? Between(ChargeChange one, ChargeChange other)
    {
        var hosts = new List<string>();
        while (!ReferenceEquals(one.Row, other.Row))
        {
            var (later, earlier) = one.Row?.Number > other.Row?.Number ? (one, other) : (other, one);
            if (later.Row?.Before is not { } before)
            {
                return null;
            }

            hosts.AddRange(later.Row.Between(0, later.At));
            (one, other) = (new(before, later.Row.BeforeAt), earlier);
        }

        if (one.Row is null)
        {
            return null;
        }

        hosts.AddRange(one.Row.Between(Math.Min(one.At, other.At), Math.Max(one.At, other.At)));
        return hosts;
    }
}
