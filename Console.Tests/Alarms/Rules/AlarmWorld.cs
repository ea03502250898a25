using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Maintenance;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Streams;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Tests.Alarms.Rules;

/// <summary>Alarms' streams in memory, with the deciders and nothing else.</summary>
internal sealed class AlarmWorld : IStates
{
    private readonly Dictionary<StreamId, object> _states = [];

    public DateTimeOffset Now { get; set; } = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    public int Events { get; private set; }

    public static MetricRule Rule { get; } = new([new("m", new StreamSelector("errors") { Service = "web", Region = "eu" }, Statistic.Sum)], Comparison.GreaterThan, 5);

    public static AlarmDefinition Metric(string name) => new(name, Scope.OfRegion("eu", "commercial")) { Service = "web", Rule = Rule };

    public static AlarmDefinition Composite(string name, string expression) => new(name, Scope.OfRegion("eu", "commercial")) { Composite = new(expression) };

    public AlarmGroup Group(string name) => Get<AlarmGroup>(AlarmStreams.Of(name));

    public void Find(string group, string alarm, AlarmState state) => Send(new AdvanceAlarms(group, [new(alarm, Group(group).Alarms[alarm].Version, state, "it was seen", null)]));

    public Rejection? Send(ICommand command, string? reason = "because")
    {
        var context = new DecisionContext(Now, Actor.Person("ada", Role.Admin), reason, this);
        return command.Stream.Family == AlarmStreams.Family ? Send(new AlarmDecider(), command, context) : Send(new MaintenanceDecider(), command, context);
    }

    public TState Get<TState>(StreamId stream)
        where TState : class =>
        (TState)(_states.GetValueOrDefault(stream) ?? (typeof(TState) == typeof(AlarmGroup) ? new AlarmGroup(stream.Key) : new MaintenanceBook()));

    public long VersionOf(StreamId stream) => _states.ContainsKey(stream) ? 1 : 0;

    public IReadOnlyList<StreamState<TState>> All<TState>(string family)
        where TState : class =>
        [.. _states.Where(state => state.Key.Family == family).Select(state => new StreamState<TState>(state.Key, 1, (TState)state.Value))];

    private Rejection? Send<TState>(IDecider<TState> decider, ICommand command, DecisionContext context)
        where TState : class
    {
        var decision = decider.Decide(Get<TState>(command.Stream), command, context);
        foreach (var happened in decision.Events)
        {
            _states[command.Stream] = decider.Apply(Get<TState>(command.Stream), happened, Now);
            Events++;
        }

        return decision.Rejection;
    }
}
