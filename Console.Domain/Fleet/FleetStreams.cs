using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Fleet;

public static class FleetStreams
{
    public const string Family = "fleet";

    private static readonly RegionStreamIds Ids = new(Family);

    public static StreamId Of(string region) => Ids.Of(region);
}
