using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Live;

namespace OpsConsole.Engine.Alarms.Watch;

/// <summary>The topics <c>alarms</c>, every alarm that is not OK, and <c>alarms/group</c>, every alarm of a group; by their full names.</summary>
public sealed class AlarmsTopic(IStates states) : ITopicSource
{
    public const string Name = "alarms";
    private const string Prefix = "alarms/";

    public bool Has(string topic) => topic == Name || (topic.StartsWith(Prefix, StringComparison.Ordinal) && states.VersionOf(AlarmStreams.Of(topic[Prefix.Length..])) > 0);

    public void Touched(Recorded recorded, ITouched touched)
    {
        if (recorded.Stream.Family != AlarmStreams.Family || Alarm(recorded.Event) is not { } alarm)
        {
            return;
        }

        var key = new AlarmId(recorded.Stream.Key, alarm).ToString();
        foreach (var topic in new[] { Name, Prefix + recorded.Stream.Key }.Where(touched.Wanted))
        {
            touched.Touch(topic, key);
        }
    }

    public IEnumerable<string> Keys(string topic) =>
        topic == Name
            ? states.All<AlarmGroup>(AlarmStreams.Family).SelectMany(group => group.State.Alarms.Where(alarm => alarm.Value.State != AlarmState.Ok).Select(alarm => new AlarmId(group.State.Name, alarm.Key).ToString()))
            : states.Get<AlarmGroup>(AlarmStreams.Of(topic[Prefix.Length..])).Alarms.Keys.Select(alarm => new AlarmId(topic[Prefix.Length..], alarm).ToString());

    public object? Item(string topic, string key) =>
        AlarmId.Parse(key) is { } id && AlarmStreams.Find(states, id) is { } alarm && (topic != Name || alarm.State != AlarmState.Ok)
            ? new AlarmItem(alarm.State.Word(), alarm.Since, alarm.Reason, alarm.Definition.Scope.ToString(), alarm.Definition.Service, alarm.Hold?.Phase.ToString())
            : null;

    private static string? Alarm(IEvent happened) =>
        happened switch
        {
            AlarmPut e => e.Alarm.Name,
            AlarmRemoved e => e.Alarm,
            AlarmChanged e => e.Alarm,
            AlarmHeld e => e.Alarm,
            AlarmActed e => e.Alarm,
            AlarmJudged e => e.Alarm,
            _ => null,
        };
}

/// <summary>An alarm as live clients see it.</summary>
/// <param name="Hold">Why nobody is told of its last change yet; null where nothing keeps it.</param>
public sealed record AlarmItem(string State, DateTimeOffset Since, string Reason, string Scope, string? Service, string? Hold);
