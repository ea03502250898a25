using System.Text.Json;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Approvals;
using OpsConsole.Tests.Rollouts.Calendar;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Rollouts.Approvals;

/// <summary>
/// Spinnaker's manual judgment as approvals. Their free roles become two of ours: what a person holds is Approver, what is asked for and not held is Admin.
/// We depart in three rules. A judgment without the role is refused with a typed rejection, and not silently ignored (the state is the same: it waits).
/// Stop is for anyone on call, whatever role is asked for: stopping is never the dangerous side. A rule without roles is refused when the pipeline is saved:
/// an approval that anyone can give is none.
/// </summary>
[Trait("Category", "Conformance")]
public sealed class ManualJudgmentConformanceTests
{
    private static readonly DateTimeOffset Now = Calendars.At("2026-03-04 12:00");

    public static TheoryData<string> Verdicts => Rows("verdicts");

    public static TheoryData<string> Authorised => Rows("authorised_verdicts");

    public static TheoryData<string> RoleMatch => Rows("role_match");

    [Theory]
    [MemberData(nameof(Verdicts))]
    public void A_judgment_has_their_effect(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        Assert.Equal(given.GetProperty("expected").GetString(), Judge([Role.Approver], Role.Approver, given.GetProperty("decision").GetString()));
    }

    [Theory]
    [MemberData(nameof(Authorised))]
    public void Only_who_has_the_role_lets_it_go_on_and_anyone_on_call_stops_it(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var (asked, holds) = Roles(Names(given, "required_roles"), Names(given, "approver_roles"), given.GetProperty("admin").GetBoolean());
        var decision = given.GetProperty("decision").GetString()!;
        var expected = decision.Equals("stop", StringComparison.OrdinalIgnoreCase) ? "TERMINAL" : given.GetProperty("expected").GetString();
        if (!asked.IsEmpty)
        {
            Assert.Equal(expected, Judge(asked, holds, decision));
        }
    }

    [Theory]
    [MemberData(nameof(RoleMatch))]
    public void A_role_matches_where_theirs_does(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var (asked, holds) = Roles(Names(given, "required"), Names(given, "user"), admin: false);
        if (asked.IsEmpty)
        {
            var pipeline = new Pipeline("web", "web", [new("one", StageHosts.Regions) { Approval = new() { Roles = [] } }]);
            Assert.Contains(PipelineRules.Check(pipeline), error => error.Path == "stages[0].approval.roles");
            return;
        }

        Assert.Equal(given.GetProperty("expected").GetBoolean(), Judge(asked, holds, "continue") == "SUCCEEDED");
    }

    /// <summary>Sends the judgment to a rollout that waits for it, and says what became of the stage in their words.</summary>
    private static string Judge(System.Collections.Immutable.ImmutableArray<Role> asked, Role holds, string? decision)
    {
        var decider = new RolloutDecider();
        var plan = new RolloutPlan("web", "2.0", "sha256:0", "1.0", [new("one", [])]);
        var pipeline = new Pipeline("web", "web", [new("one", StageHosts.Regions) { Approval = new() { Roles = asked } }]);
        var rollout = decider.Apply(new Rollout("r1"), new RolloutStarted(RolloutKind.Forward, null, pipeline, 1, plan, plan.Hash(), "person:starter", null), Now);
        rollout = decider.Apply(rollout, new ApprovalAsked("one", rollout.PlanHash), Now);
        RolloutCommand? command = decision?.ToLowerInvariant() switch { null => null, "stop" => new RefuseStage("r1", "one"), _ => new ApproveStage("r1", "one", rollout.PlanHash) };
        if (command is not null)
        {
            var answer = decider.Decide(rollout, command, Calendars.Context(Now, holds));
            Assert.True(answer.Rejection is null or { Kind: RejectionKind.Forbidden });
            rollout = answer.Events.Aggregate(rollout, (state, happened) => decider.Apply(state, happened, Now));
        }

        return rollout.Status == RolloutStatus.Stopped ? "TERMINAL" : ApprovalRules.Lacking(rollout, 0, Now) ? "RUNNING" : "SUCCEEDED";
    }

    private static (System.Collections.Immutable.ImmutableArray<Role> Asked, Role Holds) Roles(string[] required, string[] held, bool admin) =>
        ([.. required.Select(name => held.Contains(name) ? Role.Approver : Role.Admin).Distinct()], admin ? Role.Admin : held.Length > 0 ? Role.Approver : Role.Operator);

    private static string[] Names(JsonElement given, string list) => given.GetProperty(list) is { ValueKind: JsonValueKind.Array } names ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : [];

    private static TheoryData<string> Rows(string table) => [.. Fixture.Read("spinnaker_windows_gates_guards.json").GetProperty("manual_judgment").GetProperty(table).EnumerateArray().Select(row => row.GetRawText())];
}
