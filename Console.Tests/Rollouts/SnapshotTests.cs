using System.Text.Json;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Journal;
using OpsConsole.Tests.Scenarios;

namespace OpsConsole.Tests.Rollouts;

[Trait("Category", "Scenario")]
public sealed class SnapshotTests
{
    [Fact]
    public async Task Every_state_and_event_of_a_rolled_back_rollout_survives_JSON()
    {
        var scenario = await SmallFleet.StartedAsync(it => it.Health.Seen = (release, _, reading) => release == SmallFleet.New && reading.Metric == Metrics.ErrorRate ? reading with { Value = 0.5 } : reading);
        await scenario.UntilAsync(() => scenario.Rollout().Ended);

        Same(scenario.Rollout());
        Same(scenario.Rollout("r1-rb"));
        Same(scenario.Run());
        Same(scenario.States.Get<ReleaseCatalog>(ReleaseStreams.Of("web")));
        Same(scenario.States.Get<PipelineFile>(PipelineStreams.Of("web")));
        Same(RolloutDrawing.Draw(scenario.States, "r1", scenario.Clock.GetUtcNow())!);
        foreach (var recorded in scenario.Events)
        {
            var json = EventTypes.Write(recorded.Event);
            Assert.Equal(json, EventTypes.Write(EventTypes.Read(EventTypes.NameOf(recorded.Event), json)));
        }
    }

    private static void Same<T>(T state)
    {
        var json = JsonSerializer.Serialize(state, EventTypes.Json);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<T>(json, EventTypes.Json), EventTypes.Json));
    }
}
