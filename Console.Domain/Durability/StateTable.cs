using OpsConsole.Domain.Alarms.Judge.Statistics;
using OpsConsole.Domain.Durability.Models;
using OpsConsole.Domain.Placement;

namespace OpsConsole.Domain.Durability;

/// <summary>
/// For each of the 4,096 states a set can be in (4 bits of alive shards for each of three AZs) its chance of loss, now and with each AZ gone: worked out once
/// for a code and its assumptions, so that the durability of any number of sets is a walk over a histogram of states.
/// </summary>
public sealed class StateTable
{
    public const int States = 4_096;
    public const int Azs = 3;

    /// <summary>As things are, and with AZ 0, 1 or 2 gone.</summary>
    public const int Views = Azs + 1;

    private readonly double[] _loss = new double[Views * States];

    /// <summary>ln(1 − loss).</summary>
    private readonly double[] _kept = new double[Views * States];
    private readonly byte[] _alive = new byte[Views * States];

    private StateTable(RedundancyCode code, FailureAssumptions assumed)
    {
        (Code, Assumed) = (code, assumed);
        var from = ShardChain.Of(code.Shards, code.Needed, assumed, Enumerable.Range(0, States).Select(Counts).Where(alive => alive.Sum() <= code.Shards)).LossWithin();
        for (var view = 0; view < Views; view++)
        {
            for (var state = 0; state < States; state++)
            {
                var alive = Counts(Seen(state, view));
                var loss = from(Bounded(alive, code.Shards));
                (_loss[(view * States) + state], _kept[(view * States) + state], _alive[(view * States) + state]) = (loss, Exact.Log1P(-loss), (byte)alive.Sum());
            }
        }
    }

    public RedundancyCode Code { get; }

    public FailureAssumptions Assumed { get; }

    /// <param name="assumed">Without a <see cref="FailureAssumptions.Fault"/>.</param>
    public static StateTable Of(RedundancyCode code, FailureAssumptions assumed) => new(code, assumed);

    /// <summary>Alive in each AZ; AZ 0 in the lowest four bits.</summary>
    public static int Pack(int first, int second, int third) => first | (second << 4) | (third << 8);

    /// <summary>Chance that a set in this state is lost within the horizon.</summary>
    public double Loss(int state) => _loss[state];

    /// <summary>The same if this AZ, 0 to 2, is gone from now on.</summary>
    public double LossWithout(int az, int state) => _loss[((az + 1) * States) + state];

    /// <summary>How many more may go; below 0 where it cannot be read.</summary>
    public int Slack(int state) => _alive[state] - Code.Needed;

    /// <summary>The durability of all sets whose states are counted here. No allocation but the answer's: this runs with every tick.</summary>
    /// <param name="histogram">Sets by state, 4,096 of them.</param>
    public DurabilityReading Read(ReadOnlySpan<int> histogram)
    {
        if (histogram.Length != States)
        {
            throw new ArgumentException("a histogram has a count for each of 4,096 states", nameof(histogram));
        }

        Span<int> used = stackalloc int[States];
        var many = 0;
        for (var state = 0; state < States; state++)
        {
            used[many] = state;
            many += histogram[state] > 0 ? 1 : 0;
        }

        used = used[..many];
        return new(this, Look(histogram, used, 0), [Look(histogram, used, 1), Look(histogram, used, 2), Look(histogram, used, 3)]);
    }

    private Outlook Look(ReadOnlySpan<int> histogram, ReadOnlySpan<int> used, int view)
    {
        ReadOnlySpan<double> loss = _loss.AsSpan(view * States, States);
        ReadOnlySpan<double> kept = _kept.AsSpan(view * States, States);
        ReadOnlySpan<byte> alive = _alive.AsSpan(view * States, States);
        Span<long> bySlack = stackalloc long[Code.Shards - Code.Needed + 2];
        var (sets, lost, all, missing, worst) = (0L, 0.0, 0.0, 0L, 0);
        foreach (var state in used)
        {
            var (count, gone) = (histogram[state], Math.Max(0, Code.Shards - alive[state]));
            sets += count;
            lost += count * loss[state];
            all += count * kept[state];
            missing += (long)count * gone;
            worst = Math.Max(worst, gone);
            bySlack[Math.Clamp(alive[state] - Code.Needed + 1, 0, bySlack.Length - 1)] += count;
        }

        return new(sets, lost, -Exact.ExpM1(all), missing, worst, [.. bySlack]);
    }

    private static int Seen(int state, int view) => view == 0 ? state : state & ~(0xF << ((view - 1) * 4));

    private static int[] Counts(int state) => [state & 0xF, (state >> 4) & 0xF, (state >> 8) & 0xF];

    /// <summary>A state of more shards than the code has cannot be; it is taken for whole.</summary>
    private static int[] Bounded(int[] alive, int shards)
    {
        for (var over = alive.Sum() - shards; over > 0; over--)
        {
            alive[Array.IndexOf(alive, alive.Max())]--;
        }

        return alive;
    }
}
