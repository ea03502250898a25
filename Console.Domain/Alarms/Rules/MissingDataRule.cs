namespace OpsConsole.Domain.Alarms.Rules;

/// <summary>What a rule says of its periods.</summary>
/// <param name="State">Null where the alarm keeps the state it has.</param>
/// <param name="Filled">For how many periods the treatment of missing data stood in.</param>
public readonly record struct PointsVerdict(AlarmState? State, int Filled);

/// <summary>
/// M of N with missing data, as CloudWatch documents it. More periods than N are looked at, so that a late or missing one does not decide; where N of them
/// have data, the newest N decide and the treatment does not matter; where fewer have, all of them count and the treatment fills up what lacks.
/// </summary>
public static class MissingDataRule
{
    /// <summary>
    /// How many periods are looked at for N that decide. CloudWatch leaves the number open; its tables have 5 for N = 3. A stream that falls silent is
    /// therefore noticed this many periods after its last number.
    /// </summary>
    public static int Range(int of) => of + 2;

    /// <param name="points">All periods of the range, oldest first.</param>
    /// <param name="of">N: how many periods decide.</param>
    /// <param name="bad">M: how many of them must break the rule.</param>
    public static PointsVerdict Judge(ReadOnlySpan<AlarmPoint> points, int of, int bad, MissingTreatment treatment)
    {
        var (real, breaching, newest) = Count(points, of);
        if (real == 0)
        {
            return new(treatment switch
            {
                MissingTreatment.Missing => AlarmState.InsufficientData,
                MissingTreatment.Ignore => null,
                MissingTreatment.Breaching => AlarmState.Alarm,
                _ => AlarmState.Ok,
            }, of);
        }

        if (real >= of)
        {
            return new(newest >= bad ? AlarmState.Alarm : AlarmState.Ok, 0);
        }

        var filled = of - real;
        if (breaching >= bad || (treatment == MissingTreatment.Breaching && breaching + filled >= bad))
        {
            return new(AlarmState.Alarm, filled);
        }

        var decided = treatment is MissingTreatment.Breaching or MissingTreatment.NotBreaching || real > breaching;
        return new(decided ? AlarmState.Ok : OnlyBreaching(points, bad, treatment), filled);
    }

    /// <summary>
    /// Too few points, none of them good. A young one may be followed by a good one and does not alarm yet; one that M periods have passed since, with nothing
    /// good after it, does, unless missing data is to be ignored.
    /// </summary>
    private static AlarmState? OnlyBreaching(ReadOnlySpan<AlarmPoint> points, int bad, MissingTreatment treatment) =>
        treatment == MissingTreatment.Missing && points.Length - points.IndexOf(AlarmPoint.Breaching) >= bad ? AlarmState.Alarm : null;

    private static (int Real, int Breaching, int Newest) Count(ReadOnlySpan<AlarmPoint> points, int of)
    {
        var (real, breaching, newest) = (0, 0, 0);
        for (var i = points.Length - 1; i >= 0; i--)
        {
            if (points[i] == AlarmPoint.Missing)
            {
                continue;
            }

            real++;
            if (points[i] == AlarmPoint.Breaching)
            {
                breaching++;
                newest += real <= of ? 1 : 0;
            }
        }

        return (real, breaching, newest);
    }
}
