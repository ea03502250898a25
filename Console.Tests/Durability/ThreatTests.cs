using OpsConsole.Domain.Durability.Threats;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Durability;

public sealed class ThreatTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Threat Rot = ThreatCatalogue.Shipped.Single(threat => threat.Id == "DT-HW-03");

    [Fact]
    [Trait("Category", "Conformance")]
    public void Every_threat_of_the_fixture_is_in_the_catalogue_under_its_id_and_category()
    {
        // The rule: ids and categories are as there, wording is ours.
        foreach (var row in Fixture.Read("stateful-17_threat_catalog.json").GetProperty("threats").EnumerateArray())
        {
            var id = row.GetProperty("id").GetString();
            var ours = Assert.Single(ThreatCatalogue.Shipped, threat => threat.Id == id);
            Assert.Equal(row.GetProperty("category").GetString(), ours.Category.ToString().ToLowerInvariant());
        }
    }

    [Fact]
    public void Every_threat_is_whole_and_named_once()
    {
        Assert.Distinct(ThreatCatalogue.Shipped.Select(threat => threat.Id));
        Assert.All(ThreatCatalogue.Shipped, threat =>
        {
            Assert.NotEmpty(threat.Guards);
            Assert.Distinct(threat.Guards);
            Assert.All([threat.What, threat.Impact, threat.Injection, threat.Expected, threat.Owner, .. threat.Guards], text => Assert.False(string.IsNullOrWhiteSpace(text)));
        });
    }

    [Fact]
    public void What_was_never_tried_counts_as_unproven()
    {
        var coverage = ThreatCoverage.Of(ThreatCatalogue.Shipped, [], Now);
        Assert.Equal(0, coverage.Proven);
        Assert.Equal(ThreatCatalogue.Shipped.Sum(threat => threat.Guards.Length), coverage.Pairs);
        Assert.All(coverage.Threats, threat => Assert.Equal(GuardStanding.Unproven, threat.Standing));
    }

    [Fact]
    public void The_newest_drill_counts_and_a_threat_is_as_good_as_its_worst_guard()
    {
        var drills = new[]
        {
            Drill(0, Now.AddDays(-10), held: true),
            Drill(0, Now.AddDays(-20), held: false),
            Drill(1, Now.AddDays(-30), held: true),
            Drill(1, Now.AddDays(-2), held: false),
            Drill(1, Now.AddDays(1), held: true),
        };
        var rot = Assert.Single(ThreatCoverage.Of([Rot], drills, Now).Threats);
        Assert.Equal([GuardStanding.Proven, GuardStanding.Failed], rot.Guards.Select(guard => guard.Standing));
        Assert.Equal(Now.AddDays(-30), rot.Guards[1].LastProven);
        Assert.Equal(GuardStanding.Failed, rot.Standing);
    }

    [Fact]
    public void A_drill_of_long_ago_is_stale()
    {
        var coverage = ThreatCoverage.Of([Rot], [Drill(0, Now - ThreatCoverage.Fresh - TimeSpan.FromDays(1), held: true), Drill(1, Now, held: true)], Now);
        Assert.Equal(GuardStanding.Stale, Assert.Single(coverage.Threats).Standing);
        Assert.Equal(1, coverage.Proven);
    }

    [Fact]
    public void The_book_keeps_the_newest_drill_and_the_newest_that_held()
    {
        var book = DrillBook.Empty.With(Drill(0, Now.AddDays(-3), held: true)).With(Drill(0, Now.AddDays(-2), held: false)).With(Drill(0, Now.AddDays(-1), held: false));
        Assert.Equal([Now.AddDays(-3), Now.AddDays(-1)], book.Drills.Select(drill => drill.At));
        Assert.Equal([Now], book.With(Drill(0, Now, held: true)).Drills.Select(drill => drill.At));
    }

    private static ThreatDrill Drill(int guard, DateTimeOffset at, bool held) => new(Rot.Id, Rot.Guards[guard], at, held, "anna", "run 7");
}
