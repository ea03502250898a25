using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Noodles.Runs;
using OpsConsole.Engine.Journal;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Noodles;

/// <summary>Asks for runs, for the person at the page.</summary>
public sealed class NoodleDesk(ICommands commands, IViewer viewer, TimeProvider clock)
{
    public async Task<Rejection?> StartAsync(NoodleOrder order, string reason) =>
        (await commands.SendAsync(new(new RequestNoodleRun(NoodlesApi.NewId(clock), order), await viewer.ActorAsync(), reason, Cause: "page"))).Rejection;
}
