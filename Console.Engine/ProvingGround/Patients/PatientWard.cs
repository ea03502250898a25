using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.ProvingGround.Patients;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.ProvingGround.Supervision;

namespace OpsConsole.Engine.ProvingGround.Patients;

/// <summary>
/// Brings the ground's processes to what the journal says is wrong with them, whoever restarted in between. A hang is over when its process is: a restart mends it.
/// What a console that was killed left behind is undone at the first look, since the journal does not name it.
/// </summary>
public sealed class PatientWard(GroundSupervisor supervisor, GroundClient client, IStates states, ICommands commands, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(250);

    /// <summary>A momentary ailment that could not be done by then is given up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Undone at the first look at a process, where the journal does not name them.</summary>
    private static readonly ImmutableArray<Ailment> Lingering = [Ailment.Hung, Ailment.SkewedClock, Ailment.Lying, Ailment.IgnoredSync];

    private readonly Treatment _treatment = new(supervisor, client);
    private readonly TreatmentBook _book = new();
    private bool _looked;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Round, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            var wanted = states.Get<PatientsState>(PatientsStreams.Of(supervisor.Plan.Region));
            if (!_looked && supervisor.Ready.IsCompleted)
            {
                _looked = true;
                await UndoForgottenAsync(wanted, stoppingToken).ConfigureAwait(false);
            }

            await Task.WhenAll(_book.ToEnd(wanted).Select(key => EndAsync(key, stoppingToken))).ConfigureAwait(false);
            await Task.WhenAll(wanted.Illnesses.Where(illness => supervisor.Plan.Has(illness.Host)).Select(illness => KeepAsync(illness, stoppingToken))).ConfigureAwait(false);
        }
    }

    private async Task UndoForgottenAsync(PatientsState wanted, CancellationToken cancel)
    {
        foreach (var host in supervisor.Plan.Hosts)
        {
            foreach (var ailment in Lingering.Where(ailment => wanted.Find(host.Id, ailment) is null))
            {
                await _treatment.EndAsync(host.Id, ailment, cancel).ConfigureAwait(false);
            }
        }
    }

    private async Task EndAsync((string Host, Ailment Ailment) key, CancellationToken cancel)
    {
        if (await _treatment.EndAsync(key.Host, key.Ailment, cancel).ConfigureAwait(false))
        {
            _book.Ended(key);
        }
    }

    private async Task KeepAsync(Illness illness, CancellationToken cancel)
    {
        var pid = supervisor.RunningOf(illness.Host)?.Pid;
        if (illness.Ailment == Ailment.Hung && _book.OutlivedItsProcess(illness, pid))
        {
            await HealAsync(illness, cancel).ConfigureAwait(false);
            return;
        }

        // The router's and the front's switches are turned by others too: these are said again and again.
        if (_book.Holds(illness, pid) && illness.Ailment is not (Ailment.Drained or Ailment.ReadOnly or Ailment.Stopped))
        {
            return;
        }

        _book.Beginning(illness, pid);
        if (!await _treatment.BeginAsync(illness, cancel).ConfigureAwait(false) && !GivenUp(illness))
        {
            return;
        }

        if (AilmentRules.Of(illness.Ailment).Momentary)
        {
            await HealAsync(illness, cancel).ConfigureAwait(false);
            return;
        }

        _book.Began(illness, pid);
    }

    private bool GivenUp(Illness illness) => AilmentRules.Of(illness.Ailment).Momentary && clock.GetUtcNow() - illness.Since > Patience;

    private async Task HealAsync(Illness illness, CancellationToken cancel)
    {
        _book.Ended((illness.Host, illness.Ailment));
        await commands.SendAsync(new CommandRequest(new Heal(supervisor.Plan.Region, illness.Host, illness.Ailment), Actor.Engine, Cause: "done"), cancel).ConfigureAwait(false);
    }
}
