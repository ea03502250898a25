namespace OpsConsole.Domain.Canaries.Silence;

/// <summary>
/// Customers' requests by minute, the last <see cref="Weeks"/> weeks of one service in one region: 40 KB for each week in which there was any. A minute that
/// nobody measured is absent, which is not 0.
/// </summary>
public sealed class TrafficHistory
{
    public const int Weeks = 7;
    public const int WeekMinutes = 7 * 24 * 60;

    private readonly float[]?[] _weeks = new float[]?[Weeks];
    private readonly long[] _held = new long[Weeks];

    /// <summary>The newest minute there is, since the epoch; -1 where there is none.</summary>
    public long Newest { get; private set; } = -1;

    /// <summary>Takes in a minute that is over; what is older than the history is left out.</summary>
    /// <param name="fallen">It was judged to have fallen: shown as it was, but no measure of what is usual.</param>
    public void Set(long minute, double requests, bool fallen = false)
    {
        if (minute < 0 || !double.IsFinite(requests) || requests < 0 || minute <= Newest - (Weeks * WeekMinutes))
        {
            return;
        }

        var (week, place) = (minute / WeekMinutes, (int)(minute % WeekMinutes));
        var slot = (int)(week % Weeks);
        if (_weeks[slot] is null || _held[slot] != week)
        {
            if (_held[slot] > week)
            {
                return;
            }

            _weeks[slot] = new float[WeekMinutes];
            Array.Fill(_weeks[slot]!, float.NaN);
            _held[slot] = week;
        }

        _weeks[slot]![place] = (float)(fallen ? -requests - 1 : requests);
        Newest = Math.Max(Newest, minute);
    }

    /// <summary>Requests in a minute; null where it was not measured.</summary>
    public double? this[long minute] => Raw(minute) switch { float.NaN => null, < 0 and var marked => -marked - 1, var value => value };

    /// <summary>The same, but null for a minute that was judged to have fallen.</summary>
    public double? Usual(long minute) => Raw(minute) is >= 0 and var value ? value : null;

    private float Raw(long minute)
    {
        if (minute < 0)
        {
            return float.NaN;
        }

        var slot = (int)(minute / WeekMinutes % Weeks);
        return _weeks[slot] is { } week && _held[slot] == minute / WeekMinutes ? week[minute % WeekMinutes] : float.NaN;
    }
}
