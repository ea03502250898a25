using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts.Approvals;
using OpsConsole.Domain.Rollouts.Calendar;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Journal;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Rollouts.Calendar;

/// <summary>Sends what the person at the pages Calendar and Approvals wants, and says what they may.</summary>
public sealed class CalendarDesk(ICommands commands, IViewer viewer, FleetSummaries fleet)
{
    public ValueTask<Actor> MeAsync() => viewer.ActorAsync();

    public Task<Rejection?> SaveAsync(CalendarEntry entry, bool isNew, string reason)
    {
        var placed = entry with { Scope = fleet.Now.Place(entry.Scope) ?? entry.Scope };
        return SendAsync(isNew ? new AddEntry(placed) : new ChangeEntry(placed), reason);
    }

    public Task<Rejection?> RemoveAsync(string id, string reason) => SendAsync(new RemoveEntry(id), reason);

    public Task<Rejection?> OverrideAsync(string id, string? rollout, TimeSpan @for, string reason) => SendAsync(new OverrideEntry(id, rollout, @for), reason);

    public Task<Rejection?> EndOverrideAsync(CalendarOverride pass, string reason) => SendAsync(new EndOverride(pass.Entry, pass.Rollout), reason);

    public Task<Rejection?> AnswerAsync(ApprovalLine line, bool approve, string reason) =>
        SendAsync(approve ? new ApproveStage(line.Rollout, line.Stage, line.PlanHash) : new RefuseStage(line.Rollout, line.Stage), reason);

    private async Task<Rejection?> SendAsync(ICommand command, string reason) =>
        (await commands.SendAsync(new(command, await viewer.ActorAsync(), string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(), Cause: "page"))).Rejection;
}
