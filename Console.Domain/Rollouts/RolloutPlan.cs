using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace OpsConsole.Domain.Rollouts;

/// <summary>Exactly what a rollout will do: every host, in its order, frozen when the rollout starts. A preview is this same record (law 13).</summary>
/// <param name="Before">The release most of the hosts ran when the plan was made; null where they said none.</param>
public sealed record RolloutPlan(string Service, string Release, string Digest, string? Before, ImmutableArray<PlannedStage> Stages)
{
    /// <summary>What a person should know before starting: hosts left out, floors that cannot be kept.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Hosts of the service keep data: each is reserved before it is changed.</summary>
    public bool Stateful { get; init; }

    [JsonIgnore]
    public IEnumerable<PlannedRegion> Regions => Stages.SelectMany(stage => stage.Waves).SelectMany(wave => wave.Regions);

    [JsonIgnore]
    public int Hosts => Regions.Sum(region => region.Batches.Sum(batch => batch.Hosts.Length));

    /// <summary>The part of one region in one stage; null where the stage does not touch the region.</summary>
    public PlannedRegion? Leg(int stage, string region) =>
        stage < 0 || stage >= Stages.Length ? null : Stages[stage].Waves.SelectMany(wave => wave.Regions).FirstOrDefault(one => one.Region == region);

    /// <summary>Over release, order and hosts: two plans with the same hash do the same.</summary>
    public string Hash()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Service} {Release} {Digest}\n").Append(Stateful ? "reserved\n" : "");
        foreach (var stage in Stages)
        {
            text.Append(CultureInfo.InvariantCulture, $"stage {stage.Name}\n");
            foreach (var wave in stage.Waves)
            {
                text.Append("wave\n");
                foreach (var region in wave.Regions)
                {
                    text.Append(CultureInfo.InvariantCulture, $"region {region.Region}\n");
                    foreach (var batch in region.Batches)
                    {
                        text.Append(CultureInfo.InvariantCulture, $"{batch.Kind} {batch.Az} {batch.Bake} {string.Join(',', batch.Hosts)}\n");
                    }
                }
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }
}

public sealed record PlannedStage(string Name, ImmutableArray<PlannedWave> Waves)
{
    /// <summary>Names of the gates that judge here; empty for all.</summary>
    public ImmutableArray<string> Gates { get; init; } = [];
}

/// <summary>Regions that run at the same time.</summary>
public sealed record PlannedWave(ImmutableArray<PlannedRegion> Regions);

/// <summary>One region's batches in their order; an AZ's batches stand together, so an AZ is finished before the next begins.</summary>
public sealed record PlannedRegion(string Region, string Partition, ImmutableArray<PlannedBatch> Batches);

public enum BatchKind
{
    Validators,
    OneBox,
    Batch,
}

/// <param name="Bake">After this batch; the last batch of an AZ or region has the AZ's or the region's bake.</param>
public sealed record PlannedBatch(string Az, BatchKind Kind, ImmutableArray<string> Hosts, Bake Bake);
