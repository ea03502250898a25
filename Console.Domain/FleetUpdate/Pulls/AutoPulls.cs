using System.Collections.Immutable;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.FleetUpdate.Casualties;

namespace OpsConsole.Domain.FleetUpdate.Pulls;

/// <summary>Causes that pull the cord now, and keys of those that hold no more.</summary>
public sealed record PullStep(ImmutableArray<PullCause> Pull, ImmutableArray<string> Clear);

/// <summary>
/// When the console itself pulls the cord over a service of a region: casualties of planned maintenance, a store below its floor, a placement too old while hosts with data are worked on. Each cause pulls once;
/// after a person released it, the same evidence pulls no more, only what came after: further casualties, a store that fell deeper, a placement that was told since and has grown old again.
/// </summary>
public static class AutoPulls
{
    public static PullStep Of(PullInput input)
    {
        var pull = ImmutableArray.CreateBuilder<PullCause>();
        pull.AddRange(CasualtyCauses(input));
        var atWork = input.AtWork;
        foreach (var store in input.Stores)
        {
            Add(pull, Floor(input, store));
            Add(pull, Stale(input, store, atWork.GetValueOrDefault(store.Service, [])));
        }

        return new([.. pull.Where(cause => input.Cord.Latches.GetValueOrDefault(cause.Key)?.LetsPull(cause.Mark) ?? true)], [.. Clear(input)]);
    }

    private static void Add(ImmutableArray<PullCause>.Builder pull, PullCause? cause)
    {
        if (cause is not null)
        {
            pull.Add(cause);
        }
    }

    /// <summary>Of all campaigns together: each of them has its own test, and several may each stay below theirs.</summary>
    private static IEnumerable<PullCause> CasualtyCauses(PullInput input)
    {
        // What a person resumed after is no longer in the ledgers: counting them first costs nothing.
        if (input.Policy.Casualties is not { } least || input.Update.Campaigns.Values.Sum(one => one.Ledger.All.Casualties) < least)
        {
            return [];
        }

        var begins = input.Now - input.Policy.CasualtyWindow;
        return
            from ended in input.Update.Campaigns.Values.SelectMany(one => one.Hosts).Where(host => host.Value.End is HostEnd.Done or HostEnd.Casualty && host.Value.At > begins)
            let host = input.Fleet.Hosts.GetValueOrDefault(ended.Key)
            where host is not null
            group ended by host.Service into service
            let cause = CasualtiesOf(input, service.Key, service, least)
            where cause is not null
            orderby service.Key
            select cause;
    }

    private static PullCause? CasualtiesOf(PullInput input, string service, IEnumerable<KeyValuePair<string, HostProgress>> ended, int least)
    {
        var latch = input.Latch(PullKind.Casualties, service);
        var since = latch?.ReleasedAt ?? DateTimeOffset.MinValue;
        var hosts = ended.Where(one => one.Value.At > since).GroupBy(one => one.Key).ToArray();
        var lost = hosts.Where(host => host.Any(one => one.Value.End == HostEnd.Casualty)).OrderBy(host => host.Key, StringComparer.Ordinal).ToArray();
        var limit = Math.Max(least, new CasualtyPolicy().Overall.HaltAt(hosts.Length));
        return lost.Length < limit ? null
            : Cause(
                input, PullKind.Casualties, service, lost.Max(host => host.Max(one => one.Value.At)).ToUnixTimeMilliseconds(),
                $"{lost.Length} of {hosts.Length} hosts of {service} did not come back right within {Words(input.Policy.CasualtyWindow)}", $"{limit} pull the cord", lost.Select(host => host.Key));
    }

    private static PullCause? Floor(PullInput input, StoreSight store)
    {
        if (store.Floor is not { } floor || !floor.IsLow(input.Policy) || input.Now - floor.Since < input.Policy.FloorFor)
        {
            return null;
        }

        var slack = floor.LeastSlack < floor.SlackFloor(input.Policy);
        return Cause(
            input, PullKind.DurabilityFloor, store.Service, floor.Depth(input.Policy),
            slack ? $"a set of {store.Service} {(floor.LeastSlack < 0 ? "cannot be read" : $"can lose {floor.LeastSlack} more shards")}" : $"{store.Service} keeps its data with {floor.Nines:0.#} nines",
            slack ? $"the floor is {floor.SlackFloor(input.Policy)}" : $"the floor is {input.Policy.NinesFloor:0.#}", floor.Gone);
    }

    private static PullCause? Stale(PullInput input, StoreSight store, ImmutableSortedSet<string> atWork)
    {
        if (atWork.IsEmpty || !IsStale(input, store))
        {
            return null;
        }

        // A store that has told nothing since gives no new evidence by going on to do so.
        var latch = store.Silent ? input.Latch(PullKind.StalePlacement, store.Service) : null;
        return Cause(
            input, PullKind.StalePlacement, store.Service, latch?.Mark ?? store.ToldAt!.Value.ToUnixTimeMilliseconds(),
            $"{store.Service} last told where its data lies at {store.ToldAt:u}, and {(atWork.Count == 1 ? "a host is" : $"{atWork.Count} hosts are")} worked on", $"the limit is {Words(Limit(input))}", atWork);
    }

    private static bool IsStale(PullInput input, StoreSight store) => input.Policy.PlacementStale is not null && input.Now - store.ToldAt > Limit(input);

    private static TimeSpan Limit(PullInput input) => input.Policy.PlacementStale is { } stale && stale > input.Held.Policy.PlacementMaxAge ? stale : input.Held.Policy.PlacementMaxAge;

    private static IEnumerable<string> Clear(PullInput input)
    {
        foreach (var (key, latch) in input.Cord.Latches.Where(latch => latch.Value.ReleasedAt is not null))
        {
            var store = input.Stores.FirstOrDefault(store => key.EndsWith($":{store.Service}/{input.Region}", StringComparison.Ordinal));
            var clear = store is not null && Enum.Parse<PullKind>(key[..key.IndexOf(':', StringComparison.Ordinal)]) switch
            {
                PullKind.Casualties => latch.ReleasedAt <= input.Now - input.Policy.CasualtyWindow,
                PullKind.DurabilityFloor => store.Floor is { } floor && !floor.IsLow(input.Policy) && input.Now - floor.Since >= input.Policy.FloorFor,
                _ => !store.Silent && !IsStale(input, store),
            };
            if (clear)
            {
                yield return key;
            }
        }
    }

    private static PullCause Cause(PullInput input, PullKind kind, string service, double mark, string figure, string limit, IEnumerable<string> hosts) =>
        new(kind, service, input.Region, mark, figure, limit, [.. hosts.Take(PullCause.MostHosts)]);

    private static string Words(TimeSpan time) => time.TotalHours >= 1 ? $"{time.TotalHours:0.#} h" : time.TotalMinutes >= 1 ? $"{time.TotalMinutes:0.#} min" : $"{time.TotalSeconds:0} s";
}
