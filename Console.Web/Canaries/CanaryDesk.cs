using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Canaries;

/// <summary>Sends what the person at the page wants of canaries.</summary>
public sealed class CanaryDesk(ICommands commands, IViewer viewer)
{
    /// <summary>A mute from the page ends after this.</summary>
    public static readonly TimeSpan MuteFor = TimeSpan.FromHours(1);

    public Task<Rejection?> MuteAsync(string canary, string region, string reason) => SendAsync(new MuteCanary(canary, region, MuteFor), reason);

    public Task<Rejection?> UnmuteAsync(CanaryMute mute) => SendAsync(new UnmuteCanary(mute.Canary, mute.Region), null);

    private async Task<Rejection?> SendAsync(CanaryCommand command, string? reason) =>
        (await commands.SendAsync(new(command, await viewer.ActorAsync(), string.IsNullOrEmpty(reason) ? null : reason, Cause: "page"))).Rejection;
}
