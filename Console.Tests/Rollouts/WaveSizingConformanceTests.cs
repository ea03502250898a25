using System.Text.Json;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Rollouts;

/// <summary>
/// Argo Rollouts' split of a set by weight. Its scaling scenarios are of replicas that are made and unmade; our hosts are named machines that change in place,
/// so those tables have no counterpart here.
/// </summary>
[Trait("Category", "Conformance")]
public sealed class WaveSizingConformanceTests
{
    public static TheoryData<string> Splits => [.. Fixture.Read("argo_wave_sizing.json").GetProperty("split_rows").EnumerateArray().Select(row => row.GetRawText()).Distinct()];

    [Theory]
    [MemberData(nameof(Splits))]
    public void A_weight_is_split_as_theirs(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        int Int(string name) => given.GetProperty(name).GetInt32();
        Assert.Equal((Int("expected_canary"), Int("expected_stable")), WaveSizes.Share(Int("replicas"), Int("weight"), Int("max_weight"), Int("max_surge")));
    }

    public static TheoryData<string> Weights => [.. Fixture.Read("argo_wave_sizing.json").GetProperty("traffic_weight_to_hosts").EnumerateArray().Select(row => row.GetRawText())];

    /// <summary>Theirs rounds a weight up and so may take the last old host before all of the weight is given; ours keeps one on either side until then.</summary>
    [Theory]
    [MemberData(nameof(Weights))]
    public void A_weight_in_hosts_is_theirs_or_one_less_and_never_all_before_all_are_asked_for(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        int Int(string name) => given.GetProperty(name).GetInt32();
        var (candidates, stable) = WaveSizes.Share(Int("replicas"), Int("weight"), Int("max_weight"), 0);

        Assert.InRange(candidates, Int("expected") - 1, Int("expected"));
        Assert.Equal(Int("weight") == Int("max_weight") || Int("replicas") == 0, stable == 0);
        Assert.Equal(Int("weight") == 0 || Int("replicas") == 0, candidates == 0);
    }

    [Fact]
    public void Waves_by_share_by_growth_and_alike_take_every_region_once()
    {
        var stage = new PipelineStage("rest", StageHosts.Regions);
        Assert.Equal([1, 3, 9, 20], WaveSizes.Of(stage with { Growth = 3, Parallel = 1 }, 33).ToArray());
        Assert.Equal([1, 2, 4, 8, 16, 8], WaveSizes.Of(stage with { Growth = 2 }, 39).ToArray());
        Assert.Equal([2, 8, 29], WaveSizes.Of(stage with { Waves = [5, 25, 100] }, 39).ToArray());
        Assert.Equal([4, 4, 2], WaveSizes.Of(stage with { Parallel = 4 }, 10).ToArray());
        Assert.Empty(WaveSizes.Of(stage, 0));
    }

    [Fact]
    public void However_waves_are_asked_for_none_is_empty_none_too_large_and_all_regions_are_taken()
    {
        var random = new Random(5);
        for (var n = 0; n < 5_000; n++)
        {
            var regions = random.Next(0, 400);
            var stage = new PipelineStage("rest", StageHosts.Regions) { Parallel = random.Next(1, 101) };
            stage = random.Next(2) == 0 ? stage with { Growth = random.Next(1, 11) } : stage with { Waves = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(1, 101)).Distinct().Order()] };
            var sizes = WaveSizes.Of(stage, regions);
            Assert.True(sizes.Sum() == regions && sizes.All(size => size is > 0 and <= PipelineRules.MostParallel), $"seed 5, {n}: {regions} regions by {stage} gave {string.Join(",", sizes)}");
        }
    }
}
