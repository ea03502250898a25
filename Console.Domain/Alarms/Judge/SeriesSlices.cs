namespace OpsConsole.Domain.Alarms.Judge;

/// <summary>How a window is cut into the slices whose values the judge compares: whole seconds, and never so many that a long bake costs more than a short one.</summary>
/// <param name="From">Seconds since 1970, included.</param>
/// <param name="To">Seconds since 1970, not included.</param>
/// <param name="Length">Of each slice, seconds, 1 and up; a last one that is not whole is left out.</param>
public sealed record SeriesSlices(long From, long To, long Length)
{
    public const int MostSlices = 120;

    /// <summary>Hosts a side that are looked at one by one, the first by name.</summary>
    public const int MostHosts = 50;

    public static SeriesSlices Of(long from, long to) => new(from, to, Math.Max(1, (Math.Max(0, to - from) + MostSlices - 1) / MostSlices));

    public int Count => (int)(Math.Max(0, To - From) / Length);

    /// <summary>The slice that holds a second, from 0; null where it lies outside.</summary>
    public int? IndexOf(long second) => second >= From && (second - From) / Length is var index && index < Count ? (int)index : null;

    public long Start(int index) => From + (index * Length);
}
