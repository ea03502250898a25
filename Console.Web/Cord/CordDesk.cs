using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Journal;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Cord;

/// <summary>Pulls and releases for the person at the page. Never held back by a stale page: stopping is always right.</summary>
public sealed class CordDesk(ICommands commands, IViewer viewer, FleetSummaries fleet)
{
    public Task<Rejection?> PullAsync(Scope scope, CordMode mode, string? reason) =>
        SendAsync(new PullCord(fleet.Now.Place(scope) ?? scope, mode), string.IsNullOrWhiteSpace(reason) ? null : reason.Trim());

    public Task<Rejection?> ReleaseAsync(string pull, string reason) => SendAsync(new ReleaseCord(pull), reason);

    private async Task<Rejection?> SendAsync(ICommand command, string? reason) =>
        (await commands.SendAsync(new(command, await viewer.ActorAsync(), reason, Cause: "page"))).Rejection;
}
