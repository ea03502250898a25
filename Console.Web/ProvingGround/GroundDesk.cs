using OpsConsole.Domain.Journal;
using OpsConsole.Domain.ProvingGround.Patients;
using OpsConsole.Engine.Journal;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.ProvingGround;

/// <summary>Makes hosts of the ground ill, and well again, for the person at the page.</summary>
public sealed class GroundDesk(ICommands commands, IViewer viewer)
{
    public Task<Rejection?> MakeIllAsync(string region, string host, Ailment ailment, int? amount, TimeSpan lasts, string reason) =>
        SendAsync(new MakeIll(region, host, ailment, amount, lasts), reason);

    /// <param name="ailment">Null for all the host has.</param>
    public Task<Rejection?> HealAsync(string region, string host, Ailment? ailment) => SendAsync(new Heal(region, host, ailment), null);

    private async Task<Rejection?> SendAsync(ICommand command, string? reason) =>
        (await commands.SendAsync(new(command, await viewer.ActorAsync(), reason, Cause: "page"))).Rejection;
}
