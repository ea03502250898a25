using System.Globalization;
using OpsConsole.Domain.ProvingGround.Patients;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Supervision;

namespace OpsConsole.Engine.ProvingGround.Patients;

/// <summary>What each ailment really does to a host's process, and how it is undone. Doing either twice is the same as once.</summary>
internal sealed class Treatment(GroundSupervisor supervisor, GroundClient client)
{
    /// <summary>Whether it was done; it is tried again where not.</summary>
    public async Task<bool> BeginAsync(Illness illness, CancellationToken cancel)
    {
        var host = supervisor.Plan[illness.Host];
        var amount = illness.Amount.ToString(CultureInfo.InvariantCulture);
        switch (illness.Ailment)
        {
            case Ailment.Stopped:
                await supervisor.EndAsync(illness.Host, cancel).ConfigureAwait(false);
                return true;
            case Ailment.Killed:
                if (supervisor.RunningOf(illness.Host) is { } running)
                {
                    ProcessTable.Kill(running);
                }

                return true;
            case Ailment.PowerLoss:
                // Whose power goes does not answer.
                return supervisor.RunningOf(illness.Host) is { } powered && (await client.TreatAsync(host, "power=off", cancel).ConfigureAwait(false) || !ProcessTable.Lives(powered));
            case Ailment.Hung:
                return supervisor.RunningOf(illness.Host) is { } still && ProcessSignals.Pause(still);
            case Ailment.Drained:
                return await client.SetDrainedAsync(supervisor.Plan.Router, illness.Host, drained: true, cancel).ConfigureAwait(false);
            case Ailment.ReadOnly:
                return await client.SetReadOnlyAsync(host, on: true, cancel).ConfigureAwait(false);
            case Ailment.CorruptShards:
                return await client.TreatAsync(host, "corrupt=" + amount, cancel).ConfigureAwait(false);
            default:
                return await client.TreatAsync(host, How(illness.Ailment, amount, on: true), cancel).ConfigureAwait(false);
        }
    }

    public async Task<bool> EndAsync(string id, Ailment ailment, CancellationToken cancel)
    {
        var host = supervisor.Plan[id];
        return ailment switch
        {
            Ailment.Stopped or Ailment.Killed or Ailment.PowerLoss or Ailment.CorruptShards => true,
            Ailment.Hung => supervisor.RunningOf(id) is not { } running || ProcessSignals.Resume(running),
            Ailment.Drained => supervisor.IsBeingChanged(id) || await client.SetDrainedAsync(supervisor.Plan.Router, id, drained: false, cancel).ConfigureAwait(false),
            Ailment.ReadOnly => await client.SetReadOnlyAsync(host, on: false, cancel).ConfigureAwait(false),
            // A process that has just been started answers before the supervisor calls it running.
            _ => await client.TreatAsync(host, How(ailment, "0", on: false), cancel).ConfigureAwait(false) || supervisor.RunningOf(id) is null,
        };
    }

    private static string How(Ailment ailment, string amount, bool on) =>
        ailment switch
        {
            Ailment.SlowDisk => "slow=" + amount,
            Ailment.FullDisk => on ? "fill=true" : "fill=false",
            Ailment.IgnoredSync => on ? "sync=false" : "sync=true",
            Ailment.SkewedClock => "skew=" + amount,
            Ailment.Lying => on ? "lie=true" : "lie=false",
            _ => throw new ArgumentOutOfRangeException(nameof(ailment), ailment, "not done by the host's process"),
        };
}
