using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Approvals;

/// <summary>One stage that asks for approval and has not begun.</summary>
/// <param name="Wait">What it waits for while it is its turn; null while it is not.</param>
/// <param name="Given">All that were given, void ones too.</param>
/// <param name="Counting">How many of them count now.</param>
/// <param name="People">Accounts that may approve it, by name; those who made the plan are left out where four eyes are asked for.</param>
/// <param name="Changes">What the last change of the plan changed.</param>
public sealed record ApprovalLine(string Rollout, string Service, string Release, string Stage, string PlanHash, ApprovalRule Rule, Wait? Wait, ImmutableArray<Approval> Given, int Counting, ImmutableArray<string> People, ImmutableArray<string> Changes, int Hosts)
{
    /// <summary>Of all rollouts that have not ended, those whose turn it is first.</summary>
    public static ImmutableArray<ApprovalLine> List(IStates states, DateTimeOffset now)
    {
        var access = states.Get<AccessState>(AccessStreams.Accounts);
        return
        [
            .. states.All<Rollout>(RolloutStreams.Family).Select(rollout => rollout.State).Where(rollout => rollout is { Exists: true, Ended: false, Kind: RolloutKind.Forward, Status: not RolloutStatus.RollingBack })
                .SelectMany(rollout => rollout.Plan!.Stages.Select((stage, i) => i > rollout.Stage && ApprovalRules.Of(rollout, i) is { } rule ? Of(rollout, stage, i, rule, access, now) : null).OfType<ApprovalLine>())
                .OrderBy(line => line.Wait is null).ThenBy(line => line.Rollout, StringComparer.Ordinal),
        ];
    }

    private static ApprovalLine Of(Rollout rollout, PlannedStage stage, int index, ApprovalRule rule, AccessState access, DateTimeOffset now)
    {
        var asked = rollout.Asked?.Stage == stage.Name;
        var people = access.Accounts.Keys.Where(name => access.PersonNamed(name) is { } person && ApprovalRules.HasRole(person, rule, rollout) && !(rule.FourEyes && ApprovalRules.Makers(rollout).Contains(person.Id)));
        var hosts = stage.Waves.SelectMany(wave => wave.Regions).SelectMany(region => region.Batches).Sum(batch => batch.Hosts.Length);
        return new(
            rollout.Id, rollout.Service, rollout.Plan!.Release, stage.Name, rollout.PlanHash, rule, asked ? RolloutWait.Of(rollout, now) : null,
            [.. rollout.Approvals.Where(approval => approval.Stage == stage.Name)], ApprovalRules.Counting(rollout, index, now).Length, [.. people], rollout.PlanChanges, hosts);
    }
}
