using OpsConsole.Domain.Access;

namespace OpsConsole.Tests.Access;

public sealed class PermissionMatrixTests
{
    private static readonly Scope[] Scopes =
    [
        Scope.Global, Scope.OfPartition("china"), Scope.OfPartition("commercial"), Scope.OfRegion("cn-1", "china"), Scope.OfRegion("eu-1", "commercial"), Scope.OfRegion("nowhere"),
        Scope.OfAz("cn-1a", "cn-1", "china"), Scope.OfAz("eu-1a", "eu-1", "commercial"), Scope.OfService("web"),
    ];

    /// <summary>Written out by hand, so that a slip in the one function cannot also be in what checks it.</summary>
    private static readonly Dictionary<Permission, string> Matrix = new()
    {
        [Permission.View] = "Viewer Operator Approver Admin",
        [Permission.PullCord] = "Operator Approver Admin",
        [Permission.OperateRollouts] = "Operator Approver Admin",
        [Permission.DrillHosts] = "Operator Approver Admin",
        [Permission.OperateCanaries] = "Operator Approver Admin",
        [Permission.EditCanaries] = "Approver Admin",
        [Permission.RunNoodles] = "Operator Approver Admin",
        [Permission.Reserve] = "Operator Approver Admin",
        [Permission.OverrideReservations] = "Approver Admin",
        [Permission.ForceRelease] = "Approver Admin",
        [Permission.JudgeAlarms] = "Operator Approver Admin",
        [Permission.HandInMetrics] = "Operator Approver Admin",
        [Permission.EditAlarms] = "Approver Admin",
        [Permission.ReleaseCord] = "Approver Admin",
        [Permission.ClearQuarantine] = "Approver Admin",
        [Permission.RegisterReleases] = "Approver Admin",
        [Permission.EditCalendar] = "Approver Admin",
        [Permission.OverrideCalendar] = "Approver Admin",
        [Permission.Approve] = "Approver Admin",
        [Permission.StartHotfixes] = "Approver Admin",
        [Permission.OverrideGates] = "Approver Admin",
        [Permission.OverrideCord] = "Admin",
        [Permission.EditPipelines] = "Admin",
        [Permission.EditFleet] = "Admin",
        [Permission.ManageAccess] = "Admin",
        [Permission.ChangeSettings] = "Admin",
        [Permission.ReportHosts] = "",
        [Permission.RunEngine] = "",
    };

    /// <summary>What lies within each granted scope, again by hand.</summary>
    private static readonly Dictionary<string, string> Within = new()
    {
        ["global"] = "global partition:china partition:commercial region:cn-1 region:eu-1 region:nowhere az:cn-1a az:eu-1a service:web",
        ["partition:china"] = "partition:china region:cn-1 az:cn-1a",
        ["partition:commercial"] = "partition:commercial region:eu-1 az:eu-1a",
        ["region:cn-1"] = "region:cn-1 az:cn-1a",
        ["region:eu-1"] = "region:eu-1 az:eu-1a",
        ["region:nowhere"] = "region:nowhere",
        ["az:cn-1a"] = "az:cn-1a",
        ["az:eu-1a"] = "az:eu-1a",
        ["service:web"] = "service:web",
    };

    [Fact]
    public void Each_role_may_in_its_scope_what_the_matrix_says_and_nothing_else()
    {
        Assert.Equal(Enum.GetValues<Permission>().Length, Matrix.Count);
        foreach (var (permission, roles) in Matrix)
        {
            foreach (var role in Enum.GetValues<Role>())
            {
                foreach (var held in Scopes)
                {
                    foreach (var asked in Scopes)
                    {
                        var expected = roles.Split(' ').Contains(role.ToString()) && Within[held.ToString()].Split(' ').Contains(asked.ToString());
                        Assert.True(expected == Permissions.May(Actor.Person("ada", role, held), permission, asked), $"{role} in {held} asking for {permission} in {asked}: expected {expected}");
                    }
                }
            }
        }
    }

    [Fact]
    public void An_agent_may_report_on_hosts_and_nothing_else() =>
        Assert.All(Matrix.Keys, permission => Assert.Equal(permission == Permission.ReportHosts, Permissions.May(Actor.Agent("h1"), permission, Scope.Global)));

    [Fact]
    public void Who_has_no_role_may_nothing() =>
        Assert.All(Matrix.Keys, permission => Assert.False(Permissions.May(new Actor(ActorKind.Token, "t", []), permission, Scope.OfRegion("eu-1"))));

    [Fact]
    public void A_refusal_names_what_is_needed_and_what_the_actor_has()
    {
        var refused = Permissions.Check(Actor.Person("ada", Role.Viewer, Scope.OfPartition("china")), Permission.PullCord, Scope.Global);

        Assert.Equal("access.forbidden", refused?.Code);
        Assert.Contains("Operator", refused!.Why, StringComparison.Ordinal);
        Assert.Contains("Viewer in partition:china", refused.Why, StringComparison.Ordinal);
    }
}
