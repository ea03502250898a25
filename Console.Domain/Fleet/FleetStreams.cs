using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Fleet;

public static class FleetStreams
{
    public const string Family = "fleet";

    public static StreamId Of(string region) => new($"{Family}/{region}");
}
