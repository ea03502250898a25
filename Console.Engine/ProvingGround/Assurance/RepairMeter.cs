using OpsConsole.Domain.Durability;

namespace OpsConsole.Engine.ProvingGround.Assurance;

/// <summary>The pace at which the ground was seen to rebuild, from its count of rebuilt shards.</summary>
internal sealed class RepairMeter(TimeProvider clock)
{
    private (long At, long Repaired)? _last;
    private RepairPower? _best;

    /// <summary>The best pace of any look so far: slower looks had less to do, not less power. Null before anything was rebuilt.</summary>
    public RepairPower? Look(long repaired)
    {
        var now = clock.GetTimestamp();
        if (_last is { } last && repaired > last.Repaired && clock.GetElapsedTime(last.At, now) is { TotalSeconds: > 0.5 } between)
        {
            var pace = (repaired - last.Repaired) / between.TotalHours;
            if (pace > (_best?.ShardsPerHour ?? 0))
            {
                _best = new RepairPower(pace, FormattableString.Invariant($"{pace / 3_600:0.#} shards a second, the best pace seen since the console started"));
            }
        }

        _last = (now, repaired);
        return _best;
    }
}
