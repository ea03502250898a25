using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Canaries;

public static class CanaryStreams
{
    public const string Family = "canaries";

    public static readonly StreamId Only = new(Family);
}
