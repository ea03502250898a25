using OpsConsole.Domain.Alarms.Judge.Statistics;

namespace OpsConsole.Domain.Durability.Models;

/// <summary>
/// What is lost when many hosts fail at one moment, as at a power event: hosts are drawn evenly from the fleet, and a set is lost when more of its hosts are among them than it can miss.
/// Few different sets make a loss seldom and large, many make it certain and small (Cidon and others, Copysets, USENIX ATC 2013).
/// </summary>
public static class JointLoss
{
    /// <summary>Chance that one set is lost: the upper tail of the hypergeometric distribution, by products of whole numbers.</summary>
    /// <param name="shards">Hosts of a set.</param>
    /// <param name="mayMiss">So many of them may fail.</param>
    /// <param name="hosts">In the fleet.</param>
    /// <param name="failed">Of them, at one moment.</param>
    public static double OfSet(int shards, int mayMiss, int hosts, int failed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hosts, shards);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(failed, hosts);
        var loss = 0.0;
        for (var gone = mayMiss + 1; gone <= shards; gone++)
        {
            // C(n, j) · F(F−1)… · (N−F)(N−F−1)… / N(N−1)…: as many factors above as below, so that none runs out of a double.
            var chance = 1.0;
            for (var i = 0; i < shards; i++)
            {
                double above = i < gone ? failed - i : hosts - failed - (i - gone);
                chance *= Math.Max(0, above) / (hosts - i);
                chance *= i < gone ? (double)(shards - i) / (i + 1) : 1;
            }

            loss += chance;
        }

        return loss;
    }

    /// <summary>Chance that any of so many sets is lost, taken as independent.</summary>
    public static double OfAny(double ofSet, double sets) => Exact.AnyOf(ofSet, sets);

    /// <summary>Different sets that shuffles of the fleet make, cut into groups of a set's size.</summary>
    public static long Copysets(int hosts, int shards, int shuffles) => (long)shuffles * (hosts / shards);
}
