using System.Collections.Immutable;
using OpsConsole.Domain.Placement;

namespace OpsConsole.Domain.Reservations.Safety;

/// <summary>
/// One answer in <see cref="OneIn"/> is counted a second time, by trying every loss (<see cref="AssuranceOracle"/>), with the very charges it was given on. Where both differ, nothing is granted: the console no
/// longer knows what may go.
/// </summary>
public sealed class SecondCount
{
    public const int OneIn = 64;

    private long _counted;
    private long _differed;
    private volatile string? _last;

    /// <summary>Answers counted twice since the start.</summary>
    public long Counted => Volatile.Read(ref _counted);

    public long Differed => Volatile.Read(ref _differed);

    /// <summary>How the last two that differed did; null while none has.</summary>
    public string? Last => _last;

    /// <summary>Which answers are counted again follows from the question, so that deciding stays pure.</summary>
    internal static bool Takes(SafetyQuestion question)
    {
        // FNV-1a, and the last steps of MurmurHash3: ids that differ in their last letter alone must differ in every bit.
        var mixed = 2_166_136_261 ^ (uint)question.Held.Charged.Count;
        foreach (var letter in question.Host.Id)
        {
            mixed = (mixed ^ letter) * 16_777_619;
        }

        mixed = (mixed ^ (mixed >> 16)) * 0x85EB_CA6B;
        mixed = (mixed ^ (mixed >> 13)) * 0xC2B2_AE35;
        return (mixed ^ (mixed >> 16)) % OneIn == 0;
    }

    /// <summary>Why the answer cannot be trusted; null where the second count says the same.</summary>
    internal string? Contradicts(PlacedSets placement, SafetyQuestion question, SafetyAnswer answer, ImmutableArray<SurviveScenario> scenarios)
    {
        Interlocked.Increment(ref _counted);
        var sets = answer.Objection is { } objection ? placement.SetsOf(question.Host.Id).Where(set => set.Id == objection.Set) : placement.SetsOf(question.Host.Id);
        var least = sets.Min(set => Slack(set, question, scenarios));
        if (least == answer.Slack)
        {
            return null;
        }

        Interlocked.Increment(ref _differed);
        return _last = $"{question.Host.Id}: {answer.Slack} shards to spare by one count, {least} by another, at placement {placement.Epoch}";
    }

    private static int Slack(PlacedSet set, SafetyQuestion question, ImmutableArray<SurviveScenario> scenarios)
    {
        var (azs, gone, names) = (new int[set.Hosts.Length], new bool[set.Hosts.Length], new List<string>());
        for (var shard = 0; shard < azs.Length; shard++)
        {
            var host = set.Hosts[shard];
            gone[shard] = question.Takes(host) || question.Gone(host);
            var az = question.Fleet.Hosts.TryGetValue(host, out var known) ? known.Az : "";
            azs[shard] = names.IndexOf(az);
            if (azs[shard] < 0)
            {
                azs[shard] = names.Count;
                names.Add(az);
            }
        }

        return scenarios.Min(scenario => set.Groups.IsEmpty ? AssuranceOracle.Slack(azs, gone, set.K, scenario) : AssuranceOracle.Slack(azs, gone, set.Groups, set.K, scenario));
    }
}
