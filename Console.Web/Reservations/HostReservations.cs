using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Reservations;

namespace OpsConsole.Web.Reservations;

/// <summary>What happened to one host's reservations, newest first, from the audit.</summary>
public sealed class HostReservations(IJournal journal, IStates states)
{
    public const int Most = 50;

    public long VersionOf(string region) => states.VersionOf(ReservationStreams.Of(region));

    public async Task<IReadOnlyList<HostReservationLine>> ReadAsync(string region, string host, CancellationToken cancel)
    {
        var page = await journal.ReadBackAsync(new(Stream: ReservationStreams.Of(region).Value, Text: host, Take: 500), cancel);
        return [.. page.Where(recorded => recorded.Stream == ReservationStreams.Of(region) && ReservationHosts.Of(recorded.Event).Contains(host)).Take(Most).Select(recorded => new HostReservationLine(recorded.At, Words(recorded, host)))];
    }

    private static string Words(Recorded recorded, string host) =>
        recorded.Event switch
        {
            ReservationsGranted e => $"granted to {e.Worker.Name} with token {e.Hosts.First(one => one.Host == host).Token}: {e.Reason}",
            ReservationRenewed e => $"renewed until {e.Expires:u}",
            ReservationAdvanced e => e.To.ToString().ToLowerInvariant(),
            ReservationEnded e => $"{e.How switch { ReservationEnd.ProvenHealthy => "proven healthy", ReservationEnd.ForceReleased => "taken away", _ => e.How.ToString().ToLowerInvariant() }} by {recorded.Actor}",
            HostsSuspect e => $"suspect: {e.Why}",
            SampleFailed e => $"a sample of {e.Sample.Checked} shards had {e.Sample.Mismatches} mismatches",
            HostWrittenOff e => $"written off by {e.By}: {e.Reason}",
            ForceReleaseProposed e => $"{e.By} proposed to take it away: {e.Reason}",
            _ => EventTypes.NameOf(recorded.Event),
        };
}

public sealed record HostReservationLine(DateTimeOffset At, string Words);
