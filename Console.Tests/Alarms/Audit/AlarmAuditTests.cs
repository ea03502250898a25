using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Audit;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Streams;

namespace OpsConsole.Tests.Alarms.Audit;

public sealed class AlarmAuditTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private static readonly ImmutableArray<AuditZone> Zones = [new("web", "commercial", "eu", "eu-1", 4, false), new("web", "commercial", "eu", "eu-2", 4, false), new("index", "commercial", "eu", "eu-1", 1, true)];

    private static readonly ImmutableArray<StreamFacts> Streams =
    [
        .. from az in new[] { "eu-1", "eu-2" }
           from metric in new[] { StreamNames.Requests, StreamNames.Errors, StreamNames.RequestMs, StreamNames.Healthy, StreamNames.ProbeRight }
           select Facts(metric, az),
    ];

    [Fact]
    public void A_zone_without_an_essential_alarm_is_named_and_what_nobody_measures_too()
    {
        var findings = AlarmAudit.Of(new(Zones, [], [], Streams, Now));
        Assert.Equal(2 * 3, findings.Count(finding => finding is { Kind: AuditKind.LacksEssential, Service: "web" } && finding.Where.StartsWith("az:", StringComparison.Ordinal)));
        Assert.Equal(2, findings.Count(finding => finding is { Kind: AuditKind.LacksEssential, Where: "region:eu" }));
        Assert.Equal(Essentials.All.Length, findings.Count(finding => finding is { Kind: AuditKind.NotMeasured, Service: "index", Simulated: true }));
        Assert.False(findings[0].Simulated);
    }

    /// <summary>The starter set is what the audit asks for, and each of its alarms passes the same rules and the same audit.</summary>
    [Fact]
    public void The_starter_set_leaves_nothing_for_the_audit_to_find()
    {
        var starter = StarterSet.For("web", Zones, new StreamLookup(Streams), _ => 80);
        Assert.Empty(starter.LeftOut);
        Assert.All(starter.Alarms, alarm => Assert.Empty(AlarmRules.Check(alarm)));
        Assert.Equal(240, starter.Alarms.First(alarm => alarm.Essential == "latency").Rule!.Threshold);
        Assert.Empty(AlarmAudit.Of(new([.. Zones.Where(zone => zone.Service == "web")], [], [.. starter.Alarms.Select(alarm => ("web", new Alarm(alarm, 1)))], Streams, Now)));
        var fewer = StarterSet.For("web", Zones, new StreamLookup([.. Streams.Where(stream => stream.Stream.Metric != StreamNames.ProbeRight)]), _ => null);
        Assert.Equal("canary", Assert.Single(fewer.LeftOut));
    }

    [Fact]
    public void A_stage_that_obeys_no_alarm_is_named()
    {
        var findings = AlarmAudit.Of(new([], [new("p", "first", "web", ["eu"], true), new("p", "rest", "web", ["us", "cn"], false)], [], Streams, Now));
        Assert.Equal("p/rest", Assert.Single(findings).Where);
    }

    public static TheoryData<string, AuditKind, double, string, string> Broken() => new()
    {
        { "renamed", AuditKind.NoSuchStream, 5, "request-errors{service=web}", "sum" },
        { "availability above one", AuditKind.NeverFires, 1, "healthy{az=eu-1}", "average" },
        { "less than no time", AuditKind.AlwaysFires, -1, "request-ms{az=eu-1}", "average" },
        { "too few for p99.9", AuditKind.TooFewSamples, 5, "request-ms{az=eu-1}", "p99.9" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void An_alarm_that_cannot_do_its_work_is_found(string name, AuditKind expected, double threshold, string streams, string statistic)
    {
        var alarm = new AlarmDefinition(name.Replace(' ', '-'), Scope.Global) { Rule = new([new("m", StreamSelector.Parse(streams, out _)!, Statistic.Parse(statistic)!.Value)], Comparison.GreaterThan, threshold) };
        Assert.Empty(AlarmRules.Check(alarm));
        var finding = Assert.Single(AlarmAudit.Of(new([], [], [("g", new Alarm(alarm, 1))], Streams, Now)));
        Assert.Equal((expected, $"g/{alarm.Name}"), (finding.Kind, finding.Alarm));
    }

    [Fact]
    public void A_period_shorter_than_its_stream_and_a_stream_that_fell_silent_are_found()
    {
        AlarmDefinition Of(string metric, int seconds) => new("a", Scope.Global) { Rule = new([new("m", new StreamSelector(metric), Statistic.Sum)], Comparison.GreaterThan, 1) { Period = TimeSpan.FromSeconds(seconds) } };
        AuditFinding? Find(AlarmDefinition alarm, StreamFacts stream) => AlarmAudit.Of(new([], [], [("g", new Alarm(alarm, 1))], [stream], Now)).FirstOrDefault(finding => finding.Kind != AuditKind.TooFewSamples);
        var rare = new StreamFacts(new MetricStream("runs"), Now.AddSeconds(-100), TimeSpan.FromMinutes(15), 1 / 15.0);
        Assert.Equal(AuditKind.PeriodTooShort, Find(Of("runs", 300), rare)?.Kind);
        Assert.Null(Find(Of("runs", 1200), rare));
        Assert.Equal(AuditKind.SilentStream, Find(Of("runs", 60), rare with { Every = TimeSpan.FromSeconds(10), Last = Now.AddMinutes(-30) })?.Kind);
    }

    private static StreamFacts Facts(string metric, string az) => new(new MetricStream(metric) { Service = "web", Partition = "commercial", Region = "eu", Az = az }, Now.AddSeconds(-2), TimeSpan.FromSeconds(1), 600);
}
