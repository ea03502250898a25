using OpsConsole.Domain.Fleet;

namespace OpsConsole.Domain.Reservations.Safety;

/// <summary>The bytes of a region's AZs, counted along as <see cref="RegionStandings"/> counts shards: from one question to the next only what changed between them is looked at. One question at a time.</summary>
internal sealed class ByteStandings(StoredBytes bytes, string service)
{
    private readonly Dictionary<string, (string Az, AzBytes Bytes)> _hosts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AzBytes> _azs = new(StringComparer.Ordinal);
    private HostDictionary<Host>? _fleet;
    private ChargeChange _change;

    public AzBytes InAz(string az) => _azs.GetValueOrDefault(az);

    public void TurnTo(RegionReservations held, RegionFleet fleet)
    {
        var changed = _fleet is null ? null : ChargeChange.Between(_change, held.Change);
        if (changed is null || !fleet.Hosts.SameIdsAs(_fleet!))
        {
            _hosts.Clear();
            _azs.Clear();
            foreach (var host in fleet.Hosts.Values)
            {
                Turn(held, fleet, host);
            }
        }
        else
        {
            foreach (var host in ReferenceEquals(fleet.Hosts, _fleet) ? [] : fleet.Hosts.ChangedSince(_fleet))
            {
                Turn(held, fleet, host);
            }

            foreach (var id in changed)
            {
                if (fleet.Hosts.TryGetValue(id, out var host))
                {
                    Turn(held, fleet, host);
                }
            }
        }

        (_fleet, _change) = (fleet.Hosts, held.Change);
    }

    private void Turn(RegionReservations held, RegionFleet fleet, Host host)
    {
        if (_hosts.Remove(host.Id, out var before))
        {
            Add(before.Az, before.Bytes, -1);
        }

        if (host.Service == service && !host.Validator)
        {
            var now = Of(held, fleet, host);
            _hosts[host.Id] = (host.Az, now);
            Add(host.Az, now, 1);
        }
    }

    private AzBytes Of(RegionReservations held, RegionFleet fleet, Host host)
    {
        var (stored, free) = bytes.Of(host.Id);
        var question = new SafetyQuestion(held, fleet, host, SafetyTier.Maintenance, default);
        return new(stored, question.Gone(host.Id) ? stored : 0, question.Lost(host.Id) ? stored : 0, question.Gone(host.Id) ? 0 : free);
    }

    private void Add(string az, AzBytes one, int by)
    {
        var all = _azs.GetValueOrDefault(az);
        _azs[az] = new(all.Stored + (by * one.Stored), all.Out + (by * one.Out), all.Lost + (by * one.Lost), all.Free + (by * one.Free));
    }
}
