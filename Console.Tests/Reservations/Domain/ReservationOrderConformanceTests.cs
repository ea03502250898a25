using System.Text.Json;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Reservations;

/// <summary>
/// Which check denies, and with what evidence, on a world of 18 hosts. Two rules depart. The cord has no levels here, so any pulled level is a halt, and the evidence names the
/// pull's mode and not the level. The row's count of casualties has no hosts behind it, so the budget is lowered by as many.
/// </summary>
[Trait("Category", "Conformance")]
public sealed class ReservationOrderConformanceTests
{
    private static readonly JsonElement File = Fixture.Read("stateful-20_reservation_decisions.json");

    public static TheoryData<string> Rows() => [.. File.GetProperty("cases").EnumerateArray().Select(row => row.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_first_check_that_fails_denies(string name)
    {
        var row = File.GetProperty("cases").EnumerateArray().First(one => one.GetProperty("name").GetString() == name);
        var world = new DecisionWorld(File.GetProperty("world"), row.GetProperty("world_changes"));
        var asked = row.GetProperty("request");
        var request = new RequestReservations("r1", asked.GetProperty("requestId").GetString()!, [asked.GetProperty("host").GetString()!], WorkerKind.PlannedAutomation, [new(ActivityKind.Software)], TimeSpan.FromMinutes(30));
        var context = new DecisionContext(world.Now, Actor.Person(asked.GetProperty("actor").GetString()!, Role.Admin), "because", world.States);
        var decision = world.Decider.Decide(world.States.Held, request, context);

        var expected = row.GetProperty("decision").GetString()!;
        Assert.Equal(expected, decision.Rejection?.Evidence["check"] ?? "Granted");
        Evidence(row.GetProperty("evidence"), expected, decision, world);
    }

    [Fact]
    public void Checks_have_the_order_of_the_file()
    {
        var ours = Enum.GetNames<ReservationCheck>().ToList();
        var theirs = File.GetProperty("check_order").EnumerateArray().Select(one => one.GetString()!).Where(one => one != "Granted").Select(name => ours.IndexOf(name)).ToArray();
        Assert.DoesNotContain(-1, theirs);
        Assert.Equal(theirs.Order(), theirs);
    }

    private static void Evidence(JsonElement evidence, string expected, Decision decision, DecisionWorld world)
    {
        if (evidence.ValueKind == JsonValueKind.Object)
        {
            Assert.Equal(evidence.GetProperty("set").GetString(), decision.Rejection!.Evidence["set"]);
            Assert.Equal(evidence.GetProperty("blocking").EnumerateArray().Select(host => host.GetString()), decision.Rejection.Evidence["blocking"].Split(','));
        }
        else if (evidence.ValueKind == JsonValueKind.String && expected == "EmergencyCordPulled")
        {
            Assert.Equal(world.States.Cord.InForce[0].Mode.ToString(), decision.Rejection!.Evidence["mode"]);
        }
        else if (evidence.ValueKind == JsonValueKind.String && expected == "Granted")
        {
            Assert.Empty(decision.Events);
            Assert.Contains(world.States.Held.Charged.Values, held => held.Worker.Name.EndsWith($":{evidence.GetString()}", StringComparison.Ordinal));
        }
        else if (evidence.ValueKind is JsonValueKind.String or JsonValueKind.Number)
        {
            Assert.Contains(decision.Rejection!.Evidence.Values, value => value == evidence.ToString() || value.EndsWith($":{evidence}", StringComparison.Ordinal));
        }
    }
}
