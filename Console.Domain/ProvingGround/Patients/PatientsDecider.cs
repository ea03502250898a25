using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.ProvingGround.Patients;

/// <summary>Who may be made ill, how badly and how long.</summary>
public sealed class PatientsDecider : IDecider<PatientsState>
{
    public PatientsState Initial(StreamId stream) => new(stream.Key);

    public Decision Decide(PatientsState state, ICommand command, DecisionContext context) =>
        command switch
        {
            MakeIll make => Make(state, make, context),
            Heal heal => Decision.Accept([.. state.Of(heal.Host).Where(illness => heal.Ailment is null || illness.Ailment == heal.Ailment).Select(illness => new HostHealed(illness.Host, illness.Ailment))]),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "not a command of the ground's patients"),
        };

    public PatientsState Apply(PatientsState state, IEvent happened, DateTimeOffset at) =>
        happened switch
        {
            HostMadeIll e => state with { Illnesses = [.. Without(state, e.Host, e.Ailment), new Illness(e.Host, e.Ailment, e.Amount, at, e.Until, e.By, e.Reason)] },
            HostHealed e => state with { Illnesses = [.. Without(state, e.Host, e.Ailment)] },
            _ => state,
        };

    private static IEnumerable<Illness> Without(PatientsState state, string host, Ailment ailment) => state.Illnesses.Where(illness => illness.Host != host || illness.Ailment != ailment);

    private static Decision Make(PatientsState state, MakeIll command, DecisionContext context)
    {
        var rule = AilmentRules.Of(command.Ailment);
        var amount = command.Amount ?? rule.Usual;
        if (context.States.Get<RegionFleet>(FleetStreams.Of(command.Region)).Hosts.GetValueOrDefault(command.Host) is not { } host)
        {
            return new Rejection(RejectionKind.NotFound, "ground.no-such-host", $"{command.Host} was not made ill.", $"{command.Region} has no host of this name.", "See the hosts of the proving ground.");
        }

        if (host.Driver != HostDriver.ProvingGround)
        {
            return new Rejection(RejectionKind.Forbidden, "ground.not-a-patient", $"{command.Host} was not made ill.", $"It is a host of the {host.Driver} kind; only hosts of the proving ground are made ill on purpose.", "Choose a host of the proving ground.")
                .With("driver", host.Driver.ToString());
        }

        if (!rule.Roles.Contains(host.Role))
        {
            return Invalid("ground.role", command, $"{host.Id} is a {host.Role} host.", $"{command.Ailment} befalls {string.Join(" and ", rule.Roles)} hosts.");
        }

        if (amount < rule.Least || amount > rule.Most || (rule.Unit.Length > 0 && amount == 0))
        {
            return Invalid("ground.amount", command, $"The amount is {amount}.", $"{command.Ailment} takes {rule.Amounts}.");
        }

        if (!rule.Momentary && (command.For < AilmentRules.Shortest || command.For > AilmentRules.Longest))
        {
            return Invalid("ground.duration", command, $"It was to last {command.For}.", $"Give 1 second to {AilmentRules.Longest.TotalSeconds:0} seconds.");
        }

        if (string.IsNullOrWhiteSpace(context.Reason))
        {
            return Invalid("ground.reason-missing", command, "No reason was given.", "Say what is to be tried.");
        }

        var until = rule.Momentary ? context.Now : context.Now + command.For;
        return state.Find(host.Id, command.Ailment) is { } already && rule.Momentary
            ? Invalid("ground.not-done-yet", command, $"The one asked for at {already.Since:HH:mm:ss} UTC is not done yet.", "Try again in a moment.")
            : Decision.Accept(new HostMadeIll(host.Id, command.Ailment, amount, until, context.Actor.Id, context.Reason));
    }

    private static Rejection Invalid(string code, MakeIll command, string why, string @do) =>
        new(RejectionKind.Invalid, code, $"{command.Host} was not made ill ({command.Ailment}).", why, @do);
}
