using OpsConsole.Domain.Placement;

namespace OpsConsole.Domain.FleetUpdate.Waves;

/// <summary>How few waves there can be, whatever the plan: a set lets go of so many of its hosts at once, and so does the fleet.</summary>
public static class WaveBounds
{
    /// <summary>
    /// With AZs one after another, the sum over the AZs of the greater of: the most that any set needs, its hosts there over those that may go at once, and the hosts over those the limit lets go.
    /// Without, the same over all.
    /// </summary>
    public static int Of(SetCounters standing, IReadOnlyCollection<int> hosts, WaveLimits limits)
    {
        if (!limits.AzSerial)
        {
            return Math.Max(BySets(standing, hosts, az: null), Ceiling(hosts.Count, limits.MostHosts));
        }

        var bound = 0;
        for (var az = 0; az < SetState.Azs; az++)
        {
            var there = hosts.Where(host => standing.Map.AzOf[host] == az).ToArray();
            bound += Math.Max(BySets(standing, there, az), Ceiling(there.Length, limits.MostHosts));
        }

        return bound;
    }

    private static int BySets(SetCounters standing, IReadOnlyCollection<int> hosts, int? az)
    {
        var planned = new byte[standing.Map.Sets];
        foreach (var host in hosts)
        {
            foreach (var set in standing.Map.SetsOf(host))
            {
                planned[set]++;
            }
        }

        var rooms = new int[SetState.Count];
        Array.Fill(rooms, -1);
        var bound = 0;
        for (var set = 0; set < planned.Length; set++)
        {
            if (planned[set] == 0)
            {
                continue;
            }

            ref var room = ref rooms[standing.StateOf(set)];
            room = room >= 0 ? room : RoomOf(standing.Table, standing.StateOf(set), az);
            if (room > 0)
            {
                bound = Math.Max(bound, Ceiling(planned[set], room));
            }
        }

        return bound;
    }

    /// <summary>How many of a set in this state may go at once, chosen as well as can be; 0 where none may, and then its hosts are not planned at all.</summary>
    private static int RoomOf(SlackTable table, int state, int? az)
    {
        ReadOnlySpan<int> alive = [SetState.Alive(state, 0), SetState.Alive(state, 1), SetState.Alive(state, 2)];
        var least = int.MaxValue;
        foreach (var scenario in table.Scenarios)
        {
            least = Math.Min(least, az is { } one ? InAz(alive, one, table.Code.Needed, scenario) : Room.Of(alive, table.Code.Needed, scenario).BestChoice);
        }

        return Math.Max(0, least);
    }

    private static int InAz(ReadOnlySpan<int> alive, int az, int needed, SurviveScenario scenario)
    {
        int[] left = [.. alive];
        var gone = 0;
        while (left[az] > 0)
        {
            left[az]--;
            if (scenario.Slack(left, needed) < 0)
            {
                break;
            }

            gone++;
        }

        return gone;
    }

    private static int Ceiling(int count, int most) => most == int.MaxValue ? (count > 0 ? 1 : 0) : (count + most - 1) / most;
}
