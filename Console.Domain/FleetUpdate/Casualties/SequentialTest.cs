using OpsConsole.Domain.Alarms.Judge.Statistics;

namespace OpsConsole.Domain.FleetUpdate.Casualties;

public enum SequentialVerdict
{
    /// <summary>Too little is known yet.</summary>
    GoOn,

    /// <summary>The rate is taken to be the good one.</summary>
    Accept,

    /// <summary>The rate is taken to be the bad one: stop.</summary>
    Halt,
}

/// <summary>Wald's sequential test of a casualty rate: it may be asked after every host, and errs no more often for that.</summary>
/// <param name="Good">Rate that is borne, such as 0.0005.</param>
/// <param name="Bad">Rate that must be found, greater.</param>
/// <param name="FalseHalt">Chance to halt though the rate is good (alpha).</param>
/// <param name="Missed">Chance to accept though it is bad (beta).</param>
public sealed record SequentialTest(double Good, double Bad, double FalseHalt, double Missed)
{
    /// <summary>Evidence at which it halts, and, negative, at which it accepts.</summary>
    public double Upper => Math.Log((1 - Missed) / FalseHalt);

    public double Lower => Math.Log(Missed / (1 - FalseHalt));

    /// <summary>What a casualty adds to the evidence, and what a host that came back does.</summary>
    public double PerCasualty => Math.Log(Bad / Good);

    public double PerReturn => Exact.Log1P(-Bad) - Exact.Log1P(-Good);

    public double Evidence(long hosts, long casualties) => (casualties * PerCasualty) + ((hosts - casualties) * PerReturn);

    /// <param name="hosts">Of which the end is known, casualties among them.</param>
    public SequentialVerdict Judge(long hosts, long casualties) =>
        Evidence(hosts, casualties) is var evidence && evidence >= Upper ? SequentialVerdict.Halt : evidence <= Lower ? SequentialVerdict.Accept : SequentialVerdict.GoOn;

    /// <summary>The fewest casualties among so many hosts that halt; more than the hosts where none can.</summary>
    public long HaltAt(long hosts)
    {
        var at = Math.Max(0, (long)((Upper - (hosts * PerReturn)) / (PerCasualty - PerReturn)) - 1);
        while (at <= hosts && Judge(hosts, at) != SequentialVerdict.Halt)
        {
            at++;
        }

        return at;
    }

    /// <summary>The fewest hosts after which so many casualties are accepted.</summary>
    public long AcceptAfter(long casualties)
    {
        var after = Math.Max(casualties, (long)((Lower - (casualties * PerCasualty)) / PerReturn) + casualties - 2);
        while (Judge(after, casualties) != SequentialVerdict.Accept)
        {
            after++;
        }

        return after;
    }
}
