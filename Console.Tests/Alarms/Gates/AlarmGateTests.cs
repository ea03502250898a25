using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Engine.Rollouts;

namespace OpsConsole.Tests.Alarms.Gates;

public sealed class AlarmGateTests
{
    private static readonly GatePlace Place = new("web", "commercial", "eu", ["eu-1"]);
    private static readonly Gate Gate = new("alarms", AlarmGate.Metric) { Alarms = new([]), Max = 0 };

    [Fact]
    public void Only_alarms_of_the_zones_at_work_and_of_the_service_concern_a_rollout()
    {
        (Scope Scope, string? Service, bool Concerns)[] cases =
        [
            (Scope.OfAz("eu-1"), "web", true), (Scope.OfAz("eu-2"), "web", false), (Scope.OfAz("eu-1"), "index", false), (Scope.OfAz("eu-1"), null, true),
            (Scope.OfRegion("eu"), "web", true), (Scope.OfRegion("us"), "web", false), (Scope.OfPartition("commercial"), null, true), (Scope.OfPartition("china"), null, false),
            (Scope.Global, "web", true), (Scope.OfService("web"), null, true), (Scope.OfService("index"), null, false),
        ];
        foreach (var (scope, service, concerns) in cases)
        {
            Assert.True(concerns == AlarmGate.Concerns(new AlarmDefinition("a", scope) { Service = service }, Place), $"{scope} of {service}");
        }

        var alarm = new AlarmDefinition("errors", Scope.Global) { Tags = ["starter"] };
        Assert.True(new AlarmGate(["tag:starter"]).Chooses("web", alarm));
        Assert.True(new AlarmGate(["web/errors"]).Chooses("web", alarm));
        Assert.True(new AlarmGate(["group:web"]).Chooses("web", alarm));
        Assert.False(new AlarmGate(["tag:other", "web/latency", "group:index"]).Chooses("web", alarm));
    }

    public static TheoryData<string, Verdict> Standing() => new()
    {
        { "OK", Verdict.Ok }, { "OK OK", Verdict.Ok }, { "OK ALARM", Verdict.Bad }, { "INSUFFICIENT_DATA ALARM", Verdict.Bad }, { "OK INSUFFICIENT_DATA", Verdict.Missing }, { "", Verdict.Missing }, { "OK unknown", Verdict.Missing },
    };

    /// <summary>ALARM is Bad; what has no data, or was not looked at since a restart, or does not exist, is Missing and never good.</summary>
    [Theory]
    [MemberData(nameof(Standing))]
    public void A_gate_on_alarms_says_what_they_say(string standing, Verdict expected)
    {
        GatedAlarm[] alarms = [.. standing.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((word, i) => new GatedAlarm($"web/a{i}", AlarmStateWords.Parse(word) ?? AlarmState.Ok, word != "unknown", "3 of 3 were above 5"))];
        var window = new HealthWindow(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(10), [AlarmGates.Read(Gate, Place, alarms)]);
        var verdict = GateJudge.Judge(Gate, "eu", window, []);
        Assert.Equal(expected, verdict.Verdict);
        if (expected != Verdict.Ok)
        {
            Assert.Contains((alarms.FirstOrDefault(alarm => alarm.State == AlarmState.Alarm) ?? alarms.FirstOrDefault(alarm => alarm.State != AlarmState.Ok || !alarm.Known))?.Name ?? "no alarm speaks for web", verdict.Evidence!.Sentence, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_place_is_filled_in_as_text_and_never_as_query()
    {
        var query = new GateQuery("prometheus", """sum(rate(errors{region="{{region}}",az=~"{{az}}"}[1m]))""");
        Assert.Equal("""sum(rate(errors{region="eu",az=~"eu-1|eu-2"}[1m]))""", query.For(Place with { Azs = ["eu-2", "eu-1"] }));
        Assert.Equal("""sum(rate(errors{region="e\"} or vector(0) #",az=~"a\\.b"}[1m]))""", query.For(Place with { Region = "e\"} or vector(0) #", Azs = ["a.b"] }));
    }

    [Fact]
    public void A_pipeline_file_has_gates_on_alarms_and_on_queries()
    {
        var read = PipelineReader.Read(File("""
              - name: alarms
                alarms: all
              - name: some
                alarms: ["tag:starter", web/errors]
                max: 1
              - name: errors
                query: 'sum(rate(errors[1m]))'
                max: 0.02
            """));
        Assert.Empty(read.Errors);
        var gates = read.Content!.Gates;
        Assert.Equal((0, "gate/alarms", true), (gates[0].Max, gates[0].Reads, gates[0].Alarms!.Which.IsEmpty));
        Assert.Equal(["tag:starter", "web/errors"], gates[1].Alarms!.Which.ToArray());
        Assert.Equal(("prometheus", "sum(rate(errors[1m]))"), (gates[2].Query!.Source, gates[2].Query!.Query));
    }

    [Theory]
    [InlineData("alarms: [nonsense]", "gates[0].alarms")]
    [InlineData("query: 'up'", "gates[0]")]
    [InlineData("source: prometheus, max: 1", "gates[0].query")]
    [InlineData("alarms: all, query: 'up'", "gates[0]")]
    [InlineData("alarms: all, over: bake", "gates[0]")]
    [InlineData("query: 'up', max: 1, service: index", "gates[0].service")]
    public void What_such_a_gate_cannot_be_is_said_with_its_place(string gate, string path) =>
        Assert.Contains(path, PipelineReader.Read(File($"  - {{ name: g, {gate} }}\n")).Errors.Select(error => error.Path));

    private static string File(string gates) => $"name: p\nservice: web\ngates:\n{gates}\nstages:\n  - name: all\n    regions: rest\n";
}
