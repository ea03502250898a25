namespace OpsConsole.Domain.Alarms.Judge;

/// <summary>
/// When evidence that grows is judged, and at what price. A test made again at every window would sooner or later call any candidate bad; so it is made at
/// the first four windows and then each time there are half as many again, and look j may spend 1/(j·(j + 1)) of alpha, which adds up to all of it.
/// </summary>
/// <param name="Number">From 1: the look that is due, or the next one.</param>
/// <param name="Due">Whether this window is a look.</param>
public sealed record Look(int Number, bool Due)
{
    public static Look First { get; } = new(1, Due: true);

    /// <summary>What a p-value is multiplied with to pay for this look and those before it.</summary>
    public double Price => Number * (Number + 1.0);

    /// <param name="window">Windows since the evidence began, this one included, from 1.</param>
    public static Look At(int window)
    {
        var (number, at) = (1, 1);
        while (at < window)
        {
            at = Math.Max(at + 1, at + (at / 2));
            number++;
        }

        return new(number, at == window);
    }
}
