using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.FleetUpdate;

public static class FleetUpdateStreams
{
    public const string Family = "fleetupdate";

    public static StreamId Of(string region) => new($"{Family}/{region}");
}
