namespace OpsConsole.Domain.Placement;

/// <summary>How many hosts of one redundancy set may be gone at once, each as if for good: known before anything is planned.</summary>
/// <param name="AnyChoice">However they are chosen; -1 where the code does not survive the scenario even with all there.</param>
/// <param name="SameAz">All in one AZ, whichever AZ has the most shards; AZ by AZ this is what a wave may take.</param>
/// <param name="BestChoice">Chosen as well as can be.</param>
public sealed record Room(int AnyChoice, int SameAz, int BestChoice)
{
    /// <param name="perAz">Shards in each AZ.</param>
    public static Room Of(ReadOnlySpan<int> perAz, int needed, SurviveScenario scenario)
    {
        var all = scenario.Slack(perAz, needed);
        return all < 0 ? new(-1, -1, -1) : new(Worst(perAz, needed, scenario), Same(perAz, needed, scenario), Best(perAz, needed, scenario));
    }

    /// <summary>Why no host of such a set can ever be let go; null where one can.</summary>
    public string? NoRoom(RedundancyCode code, SurviveScenario scenario) =>
        SameAz >= 1 ? null
        : SameAz < 0 ? $"{code.Name} does not survive {scenario} even with all shards there"
        : $"{code.Name} survives {scenario} only with all shards there: no host of such a set can be let go";

    /// <summary>The worst choice takes from the smaller AZs: the largest, which is lost besides, then keeps all it has.</summary>
    private static int Worst(ReadOnlySpan<int> perAz, int needed, SurviveScenario scenario) => Count(perAz, needed, scenario, smallestFirst: true);

    private static int Best(ReadOnlySpan<int> perAz, int needed, SurviveScenario scenario) => Count(perAz, needed, scenario, smallestFirst: false);

    private static int Same(ReadOnlySpan<int> perAz, int needed, SurviveScenario scenario)
    {
        var least = int.MaxValue;
        var largest = 0;
        foreach (var count in perAz)
        {
            largest = Math.Max(largest, count);
        }

        for (var az = 0; az < perAz.Length; az++)
        {
            if (perAz[az] == largest)
            {
                int[] left = [.. perAz];
                var gone = 0;
                while (left[az] > 0 && Slack(left, az, scenario, needed) >= 0)
                {
                    gone++;
                }

                least = Math.Min(least, gone);
            }
        }

        return least;

        static int Slack(int[] left, int az, SurviveScenario scenario, int needed)
        {
            left[az]--;
            return scenario.Slack(left, needed);
        }
    }

    private static int Count(ReadOnlySpan<int> perAz, int needed, SurviveScenario scenario, bool smallestFirst)
    {
        int[] left = [.. perAz];
        for (var gone = 0; ; gone++)
        {
            var next = -1;
            for (var az = 0; az < left.Length; az++)
            {
                if (left[az] > 0 && (next < 0 || (smallestFirst ? left[az] < left[next] : left[az] > left[next])))
                {
                    next = az;
                }
            }

            if (next < 0)
            {
                return gone;
            }

            left[next]--;
            if (scenario.Slack(left, needed) < 0)
            {
                return gone;
            }
        }
    }
}
