using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Durability.Threats;
using OpsConsole.Tests.World;
using OpsConsole.Web.Durability.Threats;
using OpsConsole.Web.Kit;

namespace OpsConsole.Tests.Durability;

/// <summary>What the page of threats says and asks, without a browser.</summary>
public sealed class ThreatsPageTests : BunitContext
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Threat Rot = ThreatCatalogue.Shipped.Single(threat => threat.Id == "DT-HW-03");
    private static readonly DrillBook Book = new([
        new(Rot.Id, Rot.Guards[0], Now.AddDays(-3), true, "person:ada", "run 7"),
        new(Rot.Id, Rot.Guards[1], Now.AddDays(-40), true, "person:ada", "run 5"),
        new(Rot.Id, Rot.Guards[1], Now.AddDays(-2), false, "person:bob", "run 9")]);

    public ThreatsPageTests()
    {
        Services.AddSingleton<TimeProvider>(new ManualClock());
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void What_is_left_to_try_is_everything_but_what_is_proven()
    {
        var (all, left) = (ThreatsModel.Of(Book, Now, left: false), ThreatsModel.Of(Book, Now, left: true));
        Assert.Equal((all.Pairs, all.Pairs, 1), (all.Rows.Length, left.Pairs, left.Proven));
        Assert.Equal(all.Pairs - 1, left.Rows.Length);
        var rot = Assert.Single(left.Rows, row => row.Threat == Rot);
        Assert.Equal((true, GuardStanding.Failed, Now.AddDays(-40)), (rot.First, rot.Guard.Standing, rot.Guard.LastProven));
        Assert.All(all.Rows.GroupBy(row => row.Threat.Id), rows => Assert.True(rows.First().First && rows.Skip(1).All(row => !row.First)));
    }

    [Fact]
    public void A_guard_tells_its_last_drill_and_a_new_one_is_taken_down_for_just_that_guard()
    {
        var asked = new List<(ThreatRow Row, bool Held)>();
        var card = Render<ThreatsCard>(all => all.Add(one => one.Model, ThreatsModel.Of(Book, Now, left: true)).Add(one => one.Drill, drill => asked.Add(drill)));
        var row = card.FindAll("tbody > tr").Single(row => row.TextContent.Contains("run 9", StringComparison.Ordinal));
        Assert.Contains("did not hold", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("person:bob: run 9; held on ", row.TextContent, StringComparison.Ordinal);
        row.QuerySelectorAll("button")[1].Click();
        Assert.Equal((Rot.Guards[1], false), (Assert.Single(asked).Row.Guard.Guard, asked[0].Held));
        Assert.Contains("until a drill shows that it does", ThreatsModel.BlastRadius(asked[0].Row, held: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_standing_has_a_look_and_a_word_of_its_own()
    {
        var standings = Enum.GetValues<GuardStanding>();
        Assert.Distinct(standings.Select(ThreatsModel.Words));
        Assert.Distinct(standings.Select(ThreatsModel.Kind));
        Assert.Equal(StateKind.Bad, ThreatsModel.Kind(GuardStanding.Failed));
    }
}
