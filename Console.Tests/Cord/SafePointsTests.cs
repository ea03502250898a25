using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Tests.Cord;

/// <summary>What becomes of a visit in hand, by level, step, and whether the change has begun.</summary>
public sealed class SafePointsTests
{
    private static readonly HostStep[] Steps = [HostStep.Drain, HostStep.Install, HostStep.Start, HostStep.Verify, HostStep.Restore];

    public static TheoryData<CordMode, bool, SafePoint[]> Table => new()
    {
        { CordMode.HoldNew, false, All(SafePoint.Finish) },
        { CordMode.HoldNew, true, All(SafePoint.Finish) },
        { CordMode.HaltNotBegun, false, All(SafePoint.Finish) },
        { CordMode.HaltNotBegun, true, All(SafePoint.Finish) },
        { CordMode.Halt, false, All(SafePoint.Hold) },
        { CordMode.Halt, true, All(SafePoint.Hold) },
        { CordMode.HaltAndRollBack, false, [SafePoint.TurnBack, SafePoint.TurnBack, SafePoint.Finish, SafePoint.Finish, SafePoint.Finish] },
        { CordMode.HaltAndRollBack, true, All(SafePoint.Finish) },
        { CordMode.ReadOnly, false, All(SafePoint.Hold) },
        { CordMode.ReadOnly, true, All(SafePoint.Hold) },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void By_level_and_step(CordMode level, bool begun, SafePoint[] expected) =>
        Assert.Equal(expected, Steps.Select(step => SafePoints.Of(level, step, begun)));

    [Fact]
    public void The_table_names_every_level() => Assert.Equal(Enum.GetValues<CordMode>().Order(), Table.Select(row => (CordMode)row[0]).Distinct().Order());

    [Fact]
    public void The_strictest_of_the_pulls_since_the_visit_was_planned_decides()
    {
        var host = new Host("h1", "p1", "r1", "r1a", "k1", HostRole.Storage, "storage", "m1", 0, HostDriver.Simulated);
        var visit = new Visit("v1", "h1", VisitPurpose.Forward, "2.0", null, null, 1, default, default) { Step = HostStep.Drain, CordEpoch = 2 };
        CordState Pulled(params (CordMode Mode, long Epoch)[] pulls) => new() { Epoch = 9, InForce = [.. pulls.Select(pull => new CordPull($"c-{pull.Epoch}", Scope.OfRegion("r1"), pull.Mode, "person:ada", "because", default, pull.Epoch))] };
        Assert.Equal(SafePoint.TurnBack, SafePoints.Of(Pulled((CordMode.HaltAndRollBack, 3), (CordMode.HoldNew, 4)), host, visit, begun: false));
        Assert.Equal(SafePoint.Hold, SafePoints.Of(Pulled((CordMode.HaltAndRollBack, 3), (CordMode.ReadOnly, 4)), host, visit, begun: false));
        Assert.Equal(SafePoint.TurnBack, SafePoints.Of(Pulled((CordMode.Halt, 1), (CordMode.HaltAndRollBack, 3)), host, visit, begun: false));
        Assert.Equal(SafePoint.Hold, SafePoints.Of(Pulled(), host, visit, begun: true));
    }

    private static SafePoint[] All(SafePoint one) => [.. Steps.Select(_ => one)];
}
