namespace OpsConsole.Domain.Durability.Models;

/// <summary>Plays one set's life up to the horizon, in years.</summary>
internal sealed class SetLife(int shards, int needed, FailureAssumptions assumed, Random random)
{
    /// <summary>Of each living shard: its AZ and when it dies.</summary>
    private readonly List<(int Az, double Dies)> _living = [];

    /// <summary>When each rebuild under way ends.</summary>
    private readonly List<double> _rebuilds = [];
    private double[] _azLost = [];

    public bool IsLost(IReadOnlyList<int> alive)
    {
        Begin(alive);
        var burst = Wait(assumed.Burst?.PerYear ?? 0);
        while (_living.Count >= needed)
        {
            var (dies, az, rebuilt) = (Soonest(_living, shard => shard.Dies), Soonest(_azLost, time => time), Soonest(_rebuilds, time => time));
            var now = Math.Min(Math.Min(dies, az), Math.Min(rebuilt, burst));
            if (now > assumed.HorizonYears)
            {
                return false;
            }

            if (now == burst)
            {
                _living.RemoveAll(_ => random.NextDouble() < assumed.Burst!.Killed);
                burst = now + Wait(assumed.Burst!.PerYear);
            }
            else if (now == rebuilt)
            {
                _rebuilds.Remove(now);
                _living.Add((Emptiest(), now + Wait(assumed.AnnualFailureRate)));
            }
            else if (now == az)
            {
                var which = Array.IndexOf(_azLost, now);
                _living.RemoveAll(shard => shard.Az == which);
                _azLost[which] = now + Wait(assumed.AzLossesPerYear);
            }
            else
            {
                _living.RemoveAt(_living.FindIndex(shard => shard.Dies == now));
            }

            Rebuild(now);
        }

        return true;
    }

    private void Begin(IReadOnlyList<int> alive)
    {
        _living.Clear();
        _rebuilds.Clear();
        for (var az = 0; az < alive.Count; az++)
        {
            for (var shard = 0; shard < alive[az]; shard++)
            {
                _living.Add((az, Wait(assumed.AnnualFailureRate)));
            }
        }

        _azLost = [.. alive.Select(_ => Wait(assumed.AzLossesPerYear))];
        Rebuild(0);
    }

    /// <summary>Starts what may be rebuilt now.</summary>
    private void Rebuild(double now)
    {
        var missing = shards - _living.Count;
        while (_rebuilds.Count < (assumed.Pace == RepairPace.Serial ? Math.Min(1, missing) : missing))
        {
            _rebuilds.Add(now + Wait(assumed.RepairsPerYear));
        }
    }

    private int Emptiest() => Enumerable.Range(0, _azLost.Length).MinBy(az => _living.Count(shard => shard.Az == az));

    private double Wait(double perYear) => perYear <= 0 ? double.PositiveInfinity : -Math.Log(1 - random.NextDouble()) / perYear;

    private static double Soonest<T>(IReadOnlyList<T> all, Func<T, double> time)
    {
        var soonest = double.PositiveInfinity;
        for (var i = 0; i < all.Count; i++)
        {
            soonest = Math.Min(soonest, time(all[i]));
        }

        return soonest;
    }
}
