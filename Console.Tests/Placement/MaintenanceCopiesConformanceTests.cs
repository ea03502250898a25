using System.Collections.Immutable;
using System.Text.Json;
using OpsConsole.Domain.Placement;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Placement;

/// <summary>Ozone's own decisions about containers in maintenance, and our slack beside its rule.</summary>
[Trait("Category", "Conformance")]
public sealed class MaintenanceCopiesConformanceTests
{
    private static readonly JsonElement File = Fixture.Read("stateful-08_ozone_maintenance_cases.json");

    public static TheoryData<string> Erasure => Rows("ec_cases");

    public static TheoryData<string> Replicas => Rows("replica_cases");

    [Theory]
    [MemberData(nameof(Erasure))]
    public void An_erasure_coded_container_is_judged_as_they_judge_it(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var copies = new MaintenanceCopies(
            RedundancyCode.ReedSolomon(given.GetProperty("data").GetInt32(), given.GetProperty("parity").GetInt32()),
            [.. given.GetProperty("replicas").EnumerateArray().Select(one => (one.GetProperty("index").GetInt32(), State(one.GetProperty("state").GetString()!)))],
            Numbers(given, "unhealthy_indexes"),
            Numbers(given, "pending_add"),
            Numbers(given, "pending_delete"),
            given.GetProperty("remaining_maintenance_redundancy").GetInt32());

        foreach (var expected in given.GetProperty("expect").EnumerateObject().Where(one => one.Name != "note"))
        {
            object found = expected.Name switch
            {
                "sufficient" => copies.Sufficient(),
                "sufficient_with_pending" => copies.Sufficient(withAdding: true),
                "unrecoverable" => copies.Unrecoverable,
                "missing" => copies.Missing,
                "unavailable" => copies.Unavailable(),
                "unavailable_with_pending" => copies.Unavailable(withAdding: true),
                "maintenance_only" => copies.MaintenanceOnly(),
                "maintenance_only_with_pending" => copies.MaintenanceOnly(withAdding: true),
                "decommission_only" => copies.LeavingOnly(),
                "decommission_only_with_pending" => copies.LeavingOnly(withAdding: true),
                "extra_copies" => copies.ExtraCopies(),
                "extra_copies_with_pending" => copies.ExtraCopies(withAdding: true),
                _ => throw new InvalidOperationException($"{expected.Name} is not known"),
            };
            Assert.Equal(Text(expected.Value), found is ImmutableSortedSet<int> shards ? string.Join(",", shards) : $"{found}");
        }
    }

    [Theory]
    [MemberData(nameof(Replicas))]
    public void A_replicated_container_is_judged_as_they_judge_it(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        int Of(string name) => given.TryGetProperty(name, out var value) ? value.GetInt32() : 0;
        var replicas = new MaintenanceReplicas(Of("in_service"), Of("maintenance"), Of("add"), Of("del"), Of("r"), Of("q"));

        Assert.Equal(given.GetProperty("sufficient").GetBoolean(), replicas.Sufficient);
        Assert.Equal(Of("additional"), replicas.Additional);
        Assert.Equal(given.TryGetProperty("over", out var over) && over.GetBoolean(), replicas.Over);
    }

    /// <summary>With every shard somewhere, their rule and our slack let the same sets' hosts be away.</summary>
    [Fact]
    public void Our_slack_is_as_strict_as_their_margin()
    {
        var code = RedundancyCode.ReedSolomon(5, 4);
        for (var away = 0; away < 1 << code.Shards; away++)
        {
            for (var margin = 0; margin <= 5; margin++)
            {
                var copies = new MaintenanceCopies(code, [.. Enumerable.Range(1, code.Shards).Select(shard => (shard, (away >> (shard - 1) & 1) == 1 ? CopyState.Maintenance : CopyState.InService))], [], [], [], margin);
                var slack = new SurviveScenario(AzLost: false, Math.Min(margin, 4)).Slack([code.Shards - int.PopCount(away)], code.Needed);
                Assert.Equal(copies.Sufficient(), slack >= 0);
            }
        }
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Array ? string.Join(",", value.EnumerateArray().Select(one => one.GetInt32())) : value.ToString();

    private static TheoryData<string> Rows(string name) => [.. File.GetProperty(name).EnumerateArray().Select(row => row.GetRawText())];

    private static ImmutableArray<int> Numbers(JsonElement row, string name) => [.. row.GetProperty(name).EnumerateArray().Select(one => one.GetInt32())];

    private static CopyState State(string name) =>
        name switch
        {
            "IN_SERVICE" => CopyState.InService,
            "IN_MAINTENANCE" or "ENTERING_MAINTENANCE" => CopyState.Maintenance,
            "DECOMMISSIONING" or "DECOMMISSIONED" => CopyState.Leaving,
            _ => throw new InvalidOperationException($"{name} is no state of a copy"),
        };
}
