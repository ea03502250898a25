using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Engine.Live;

namespace OpsConsole.Engine.Reservations;

/// <summary>The topics <c>reservations/region</c>: every charged host of a region, by its id.</summary>
public sealed class ReservationsTopic(IStates states) : ITopicSource
{
    public const string Prefix = ReservationStreams.Family + "/";

    public bool Has(string topic) => topic.StartsWith(Prefix, StringComparison.Ordinal) && states.VersionOf(ReservationStreams.Of(topic[Prefix.Length..])) > 0;

    public void Touched(Recorded recorded, ITouched touched)
    {
        var topic = recorded.Stream.Value;
        if (recorded.Stream.Family != ReservationStreams.Family || !touched.Wanted(topic))
        {
            return;
        }

        foreach (var host in ReservationHosts.Of(recorded.Event))
        {
            touched.Touch(topic, host);
        }
    }

    public IEnumerable<string> Keys(string topic) => Held(topic).Charged.Keys;

    public object? Item(string topic, string key) =>
        Held(topic).Charged.TryGetValue(key, out var one)
            ? new ReservationItem(one.Az, one.Service, one.State.ToString(), one.Worker.Kind.ToString(), one.Worker.Name, one.Reason, one.Token, one.GrantedAt, one.Expires, one.Trouble)
            : null;

    private RegionReservations Held(string topic) => states.Get<RegionReservations>(new(topic));
}

/// <summary>A charged host as live clients see it.</summary>
public sealed record ReservationItem(string Az, string Service, string State, string Kind, string Holder, string Reason, long Token, DateTimeOffset Since, DateTimeOffset Until, string? Trouble);
