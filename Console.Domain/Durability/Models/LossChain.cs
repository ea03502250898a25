using System.Collections.Immutable;

namespace OpsConsole.Domain.Durability.Models;

/// <summary>
/// A Markov chain in continuous time that ends in loss. Both answers are worked out without a subtraction, so that small chances and long times keep their
/// digits: solving the equations in the plain way errs by more than 100 % for wide codes.
/// </summary>
public sealed class LossChain
{
    /// <summary>As the target of a transition: lost.</summary>
    public const int Lost = -1;

    /// <summary>Steps of a segment: e to the power of minus as many is still a normal number.</summary>
    private const double SegmentSteps = 500;

    private readonly ImmutableArray<ImmutableArray<(int To, double Rate)>> _rows;

    /// <param name="rows">From each state where it goes at which rate; never to itself.</param>
    public LossChain(ImmutableArray<ImmutableArray<(int To, double Rate)>> rows) => _rows = rows;

    public int States => _rows.Length;

    /// <summary>Work of <see cref="LossWithin"/>, in multiplications.</summary>
    public double Work(double time) => (Fastest * time + 50) * _rows.Sum(row => row.Length + 1);

    private double Fastest => _rows.IsEmpty ? 0 : _rows.Max(row => row.Sum(step => step.Rate));

    /// <summary>Chance of loss within a time, from each state.</summary>
    /// <param name="time">In the inverse unit of the rates.</param>
    public double[] LossWithin(double time)
    {
        var (lost, fastest) = (new double[States], Fastest);
        var segments = (int)Math.Ceiling(fastest * time / SegmentSteps);
        for (var segment = 0; segment < segments; segment++)
        {
            lost = Uniformized(lost, fastest, fastest * time / segments);
        }

        return lost;
    }

    /// <summary>Mean time until loss from each state, by the elimination of Grassmann, Taksar and Heyman; infinite from where there is no way to it.</summary>
    public double[] MeanTimeToLoss()
    {
        var n = States;
        var (rate, lost, time) = (new double[n, n], new double[n], new double[n]);
        for (var from = 0; from < n; from++)
        {
            time[from] = 1;
            foreach (var (to, per) in _rows[from])
            {
                _ = to == Lost ? lost[from] += per : rate[from, to] += per;
            }
        }

        var leaving = new double[n];
        for (var gone = n - 1; gone >= 0; gone--)
        {
            leaving[gone] = lost[gone];
            for (var to = 0; to < gone; to++)
            {
                leaving[gone] += rate[gone, to];
            }

            for (var from = 0; from < gone; from++)
            {
                if (rate[from, gone] > 0)
                {
                    PassOn(rate, lost, time, from, gone, rate[from, gone] / leaving[gone]);
                }
            }
        }

        for (var state = 0; state < n; state++)
        {
            for (var to = 0; to < state; to++)
            {
                time[state] += rate[state, to] > 0 ? rate[state, to] * time[to] : 0;
            }

            time[state] /= leaving[state];
        }

        return time;
    }

    /// <summary>A state is taken out: what went to it goes on to where it went.</summary>
    private static void PassOn(double[,] rate, double[] lost, double[] time, int from, int gone, double share)
    {
        time[from] += share * time[gone];
        lost[from] += lost[gone] > 0 ? share * lost[gone] : 0;
        for (var to = 0; to < gone; to++)
        {
            if (to != from && rate[gone, to] > 0)
            {
                rate[from, to] += share * rate[gone, to];
            }
        }
    }

    /// <summary>One segment of uniformisation, backward: what follows after a number of steps, weighted by the chance of that number.</summary>
    private double[] Uniformized(double[] after, double fastest, double steps)
    {
        var (sum, weight) = (new double[States], Math.Exp(-steps));
        for (var step = 0; ; step++)
        {
            var least = double.MaxValue;
            for (var state = 0; state < sum.Length; state++)
            {
                sum[state] += weight * after[state];
                least = Math.Min(least, sum[state]);
            }

            // What is left out is at most the weights to come, held against the smallest answer.
            if (step > steps && (weight == 0 || weight * (step + 1) / (step + 1 - steps) < least * 1e-17))
            {
                return sum;
            }

            after = Step(after, fastest);
            weight *= steps / (step + 1);
        }
    }

    private double[] Step(double[] after, double fastest)
    {
        var next = new double[States];
        for (var state = 0; state < next.Length; state++)
        {
            var (leaving, value) = (0.0, 0.0);
            foreach (var (to, rate) in _rows[state])
            {
                leaving += rate;
                value += rate * (to == Lost ? 1 : after[to]);
            }

            next[state] = (value / fastest) + (Math.Max(0, 1 - (leaving / fastest)) * after[state]);
        }

        return next;
    }
}
