using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Reservations;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Reservations;

/// <summary>Sends what the person at the page wants of a region's reservations.</summary>
internal sealed class ReservationPageDesk(ReservationDesk desk, ICommands commands, IViewer viewer, RegionReader regions)
{
    public async Task<DryRun> TryAsync(RequestReservations request, string reason) => await desk.ExamineAsync(await MadeAsync(request, reason), CancellationToken.None);

    public async Task<RequestAnswer> RequestAsync(RequestReservations request, string reason) => await desk.RequestAsync(await MadeAsync(request, reason), CancellationToken.None);

    public async Task<Rejection?> SendAsync(ReservationCommand command, string reason) =>
        (await commands.SendAsync(new(regions.Placed(command), await viewer.ActorAsync(), reason.Length == 0 ? null : reason, Cause: "page"))).Rejection;

    private async Task<CommandRequest> MadeAsync(RequestReservations request, string reason) => new(regions.Placed(request), await viewer.ActorAsync(), reason.Length == 0 ? null : reason, Cause: "page");
}
