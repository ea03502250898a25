using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.ProvingGround.Patients;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.ProvingGround.Patients;

/// <summary>Ends what has lasted as long as it was to.</summary>
internal sealed class PatientsTick(IStates states, ICommands commands) : ITickPart
{
    public async ValueTask TickAsync(DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var region in states.All<PatientsState>(PatientsStreams.Family))
        {
            foreach (var illness in region.State.Over(now).ToArray())
            {
                await commands.SendAsync(new CommandRequest(new Heal(region.State.Region, illness.Host, illness.Ailment), Actor.Engine, Cause: "its time is over"), cancel).ConfigureAwait(false);
            }
        }
    }
}
