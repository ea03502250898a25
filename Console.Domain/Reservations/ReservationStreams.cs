using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Reservations;

public static class ReservationStreams
{
    public const string Family = "reservations";

    private static readonly RegionStreamIds Ids = new(Family);

    /// <summary>Of the same writer as <c>fleet/region</c>: a grant is decided on the hosts as they are, not as they were.</summary>
    public static StreamId Of(string region) => Ids.Of(region);
}
