using OpsConsole.Domain.Alarms.Audit;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Alarms.Audit;
using OpsConsole.Engine.Journal;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Alarms;

/// <summary>Sends what the person at the page wants of alarms.</summary>
internal sealed class AlarmDesk(ICommands commands, IViewer viewer, AlarmAuditor auditor)
{
    public async Task<Rejection?> SendAsync(ICommand command, string reason) =>
        (await commands.SendAsync(new(command, await viewer.ActorAsync(), reason.Length == 0 ? null : reason, Cause: "page"))).Rejection;

    /// <summary>What the starter set of a service would be now.</summary>
    public StarterAlarms Starter(string service) => auditor.Starter(service);

    public Task<Rejection?> PutStarterAsync(string service, string reason)
    {
        var starter = auditor.Starter(service);
        return starter.Alarms.IsEmpty
            ? Task.FromResult<Rejection?>(new(RejectionKind.NotFound, "alarms.nothing-measured", "No alarm was put.", $"Nothing is measured of {service} yet.", "Wait a quarter of a minute, or have its streams handed in."))
            : SendAsync(new PutAlarms(service, starter.Alarms), reason);
    }
}
