using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts.Stateful;

namespace OpsConsole.Domain.FleetUpdate;

public static class FleetUpdateStreams
{
    public const string Family = StatefulWork.Family;

    public static StreamId Of(string region) => StatefulWork.Of(region);
}
