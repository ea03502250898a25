using System.Text.Json;
using OpsConsole.Domain.Placement;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Placement;

/// <summary>Decisions and rooms that were found by trying everything, beside ours: by arithmetic, by the packed table, and by trying everything ourselves.</summary>
[Trait("Category", "Conformance")]
public sealed class AssuranceConformanceTests
{
    private static readonly JsonElement File = Fixture.Read("stateful-12_assurance_decisions.json");

    public static TheoryData<string> Cases => Rows("cases");

    public static TheoryData<string> Rooms => Rows("max_reservations_per_set");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_decision_is_theirs(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var perAz = Numbers(given.GetProperty("shards_per_az"));
        var (needed, scenario) = (given.GetProperty("k").GetInt32(), Scenario(given));
        int[] gone = [.. Numbers(given.GetProperty("already_unavailable")), given.GetProperty("request_host_shard").GetInt32()];
        int[] azs = [.. perAz.SelectMany((count, az) => Enumerable.Repeat(az, count))];
        int[] alive = [.. perAz.Select((_, az) => Enumerable.Range(0, azs.Length).Count(shard => azs[shard] == az && !gone.Contains(shard)))];

        Assert.Equal(Numbers(given.GetProperty("alive_per_az_after")), alive);
        Assert.Equal(given.GetProperty("slack_after").GetInt32(), scenario.Slack(alive, needed));
        Assert.Equal(given.GetProperty("durable").GetBoolean(), scenario.Slack(alive, needed) >= 0);
        Assert.Equal(scenario.Slack(alive, needed), AssuranceOracle.Slack(azs, [.. Enumerable.Range(0, azs.Length).Select(shard => gone.Contains(shard))], needed, scenario));
        if (perAz.Length == SetState.Azs && perAz.Max() <= SetState.MostInAz)
        {
            var table = new SlackTable(new(given.GetProperty("code").GetString()!, azs.Length, needed), [scenario]);
            Assert.Equal(scenario.Slack(alive, needed), table.Slack[SetState.Of(alive[0], alive[1], alive[2])]);
        }
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void As_many_hosts_of_a_set_may_go_as_they_found(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var room = Room.Of(Numbers(given.GetProperty("shards_per_az")), given.GetProperty("k").GetInt32(), Scenario(given));

        Assert.Equal(
            new Room(given.GetProperty("safe_any_choice").GetInt32(), given.GetProperty("max_same_az").GetInt32(), given.GetProperty("max_best_choice").GetInt32()),
            room);
        var code = new RedundancyCode(given.GetProperty("code").GetString()!, given.GetProperty("shards_per_az").EnumerateArray().Sum(count => count.GetInt32()), given.GetProperty("k").GetInt32());
        Assert.Equal(room.SameAz < 1, room.NoRoom(code, Scenario(given)) is not null);
    }

    private static SurviveScenario Scenario(JsonElement row) =>
        new(row.GetProperty("scenario").GetProperty("azLost").GetInt32() > 0, row.GetProperty("scenario").GetProperty("extraFailures").GetInt32());

    private static int[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetInt32())];

    private static TheoryData<string> Rows(string name)
    {
        var rows = new TheoryData<string>();
        foreach (var row in File.GetProperty(name).EnumerateArray().Select(row => row.GetRawText()).Distinct())
        {
            rows.Add(row);
        }

        return rows;
    }
}
