using OpsConsole.Domain.Access;
using OpsConsole.Domain.FleetUpdate;
using OpsConsole.Domain.FleetUpdate.Preview;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Reservations.Safety;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.FleetUpdate;

/// <summary>Previews orders on the states as they are; changes nothing.</summary>
public sealed class CampaignPreviews(IStates states, ICommands commands, ISafetyAuthorities authorities, IServiceProvider services, TimeProvider clock)
{
    public (CampaignPreview? Preview, Rejection? Refused) Of(OrderCampaign order, Actor actor, string? reason) =>
        commands.Forbidden(order, actor) is { } forbidden
            ? (null, forbidden)
            : PreviewRun.Of(order, actor, string.IsNullOrWhiteSpace(reason) ? "preview" : reason, states, authorities, (IChangeFreezes?)services.GetService(typeof(IChangeFreezes)), clock.GetUtcNow());
}
