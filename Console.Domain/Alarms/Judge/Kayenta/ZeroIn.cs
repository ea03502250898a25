namespace OpsConsole.Domain.Alarms.Judge.Kayenta;

/// <summary>
/// Brent and Dekker's root finder as R's <c>zeroin</c> does it, order of updates included: on a step function another order ends at another point, and
/// results are to be the same digit for digit.
/// </summary>
internal static class ZeroIn
{
    private const double Epsilon = 2.220446049250313e-16;
    private const double Tolerance = 1e-4;
    private const int MostSteps = 1_001;

    /// <param name="low">One end, with its value; the root is between the two.</param>
    public static double Find((double X, double Y) low, (double X, double Y) high, Func<double, double> value)
    {
        if (low.Y == 0)
        {
            return low.X;
        }

        if (high.Y == 0)
        {
            return high.X;
        }

        var (previous, best, opposite) = (low, high, low);
        for (var step = 0; step < MostSteps; step++)
        {
            var last = best.X - previous.X;
            if (Math.Abs(opposite.Y) < Math.Abs(best.Y))
            {
                (previous, best, opposite) = (best, opposite, best);
            }

            var within = (2 * Epsilon * Math.Abs(best.X)) + (Tolerance / 2);
            var move = (opposite.X - best.X) / 2;
            if (Math.Abs(move) <= within || best.Y == 0)
            {
                return best.X;
            }

            if (Math.Abs(last) >= within && Math.Abs(previous.Y) > Math.Abs(best.Y))
            {
                move = Interpolated(previous, best, opposite, within, last) ?? move;
            }

            move = Math.Abs(move) >= within ? move : move > 0 ? within : -within;
            previous = best;
            best = (best.X + move, value(best.X + move));
            if ((best.Y > 0 && opposite.Y > 0) || (best.Y < 0 && opposite.Y < 0))
            {
                opposite = previous;
            }
        }

        return best.X;
    }

    /// <summary>The step of linear or inverse quadratic interpolation; null where halving is safer.</summary>
    private static double? Interpolated((double X, double Y) previous, (double X, double Y) best, (double X, double Y) opposite, double within, double last)
    {
        var span = opposite.X - best.X;
        double over, under;
        if (previous.X == opposite.X)
        {
            var ratio = best.Y / previous.Y;
            (over, under) = (span * ratio, 1 - ratio);
        }
        else
        {
            var (a, b, c) = (previous.Y / opposite.Y, best.Y / opposite.Y, best.Y / previous.Y);
            over = c * ((span * a * (a - b)) - ((best.X - previous.X) * (b - 1)));
            under = (a - 1) * (b - 1) * (c - 1);
        }

        (over, under) = over > 0 ? (over, -under) : (-over, under);
        return over < (0.75 * span * under) - (Math.Abs(within * under) / 2) && over < Math.Abs(last * under / 2) ? over / under : null;
    }
}
