using System.Globalization;
using OpsConsole.Domain.Canaries.Scheduling;

namespace OpsConsole.Domain.Canaries;

/// <summary>When a canary's turns are: one in each period, at a place of its own in it, moved by a seeded jitter so that nothing beats in step with it.</summary>
/// <param name="Period">10 s to 1 h.</param>
/// <param name="Jitter">Share of the period that a turn may be moved by, 0 to 0.2.</param>
public sealed record CanarySchedule(TimeSpan Period, double Jitter = 0.1, int Seed = 0)
{
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    public const double MostJitter = 0.2;

    /// <summary>
    /// The intended start of a turn. Turns are numbered from the epoch; the same number gives the same moment, after a restart too.
    /// </summary>
    /// <param name="phase">The post's place in the period, in [0, 1); see <see cref="Roll"/>.</param>
    public DateTimeOffset Turn(string post, double phase, long number) =>
        DateTimeOffset.UnixEpoch + TimeSpan.FromTicks((number * Period.Ticks) + (long)(Period.Ticks * (phase + (Jitter * Spread.Of(Seed, string.Create(CultureInfo.InvariantCulture, $"{post}#{number}"))))));

    /// <summary>The newest turn whose intended start is not after this moment.</summary>
    public long NewestTurn(string post, double phase, DateTimeOffset now)
    {
        var number = (now - DateTimeOffset.UnixEpoch).Ticks / Period.Ticks;
        while (Turn(post, phase, number) > now)
        {
            number--;
        }

        return number;
    }
}
