using System.Collections.Concurrent;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Engine.Fleet;

namespace OpsConsole.Web.Reservations;

/// <summary>Makes the page's model once for all circuits, and again only when the region changed.</summary>
public sealed class ReservationsReader(IStates states, FleetSummaries fleet)
{
    private const int MostKept = 100;
    private readonly ConcurrentDictionary<string, (long Version, int Regions, ReservationsModel Model)> _models = new(StringComparer.Ordinal);

    /// <param name="region">Null or unknown: the first that has hosts.</param>
    public ReservationsModel Read(string? region)
    {
        var all = fleet.Now.Regions;
        var chosen = all.FirstOrDefault(one => one.Region == region) ?? all.FirstOrDefault();
        var stream = ReservationStreams.Of(chosen?.Region ?? "none");
        var version = states.VersionOf(stream);
        if (_models.TryGetValue(stream.FirstKey, out var known) && known.Version == version && known.Regions == all.Length)
        {
            return known.Model;
        }

        if (_models.Count > MostKept)
        {
            _models.Clear();
        }

        var model = ReservationsModel.Of([.. all.Select(one => one.Region)], chosen?.Simulated ?? false, states.Get<RegionReservations>(stream));
        _models[stream.FirstKey] = (version, all.Length, model);
        return model;
    }
}
