using System.Globalization;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Domain.Reservations.Grants;

/// <summary>What a region can do without: capacity, limits, pace, casualties. All of it is counted along, nothing is counted here.</summary>
internal static class LimitChecks
{
    /// <summary>A host that is out already takes nothing more away.</summary>
    public static Denial? Capacity(GrantStep step, Host host)
    {
        if (step.Held.Charged.ContainsKey(host.Id) || !OfflineCount.Serves(host) || host.Validator)
        {
            return null;
        }

        if (step.Policy.MaxOfflinePerAz is { } most && OfflineCount.InAz(step.Held, step.Fleet, host.Az, most) is var away && away >= most)
        {
            return NoCapacity(step, host, away, most, "all services");
        }

        var (hosts, _) = step.Fleet.Tally.Capacity(host.Az, host.Service);
        var room = Math.Max(1, (int)(hosts * step.Policy.OfflineShare));
        var gone = OfflineCount.Of(step.Held, step.Fleet, host.Az, host.Service, room).Out;
        return gone >= room ? NoCapacity(step, host, gone, room, host.Service) : null;
    }

    public static Denial? Fleet(GrantStep step, Host host)
    {
        // A suspect host is counted already; taking it over to mend it adds nothing.
        var counted = step.Held.Charged.ContainsKey(host.Id) ? 1 : 0;
        var tally = step.Held.Tally;
        return Limit("region", step.Held.Region, step.Held.Charged.Count, step.Policy.MaxReservedRegion)
            ?? Limit("model", host.InstanceType, tally.OfModel(host.InstanceType), step.Policy.MaxPerModel)
            ?? Limit("service", host.Service, tally.OfService(host.Service), step.Policy.MaxPerService)
            ?? ActivityLimit()
            ?? (step.Request.Group is { } group ? Group(step, host, group) : null);

        Denial? ActivityLimit()
        {
            if (step.Policy.MaxPerActivity is null)
            {
                return null;
            }

            foreach (var activity in step.Request.Activities)
            {
                if (Limit("activity", activity.Kind.ToString(), tally.OfActivity(activity.Kind), step.Policy.MaxPerActivity) is { } denial)
                {
                    return denial;
                }
            }

            return null;
        }

        Denial? Limit(string scope, string name, int count, int? limit) =>
            limit is { } most && count - counted >= most
                ? new Denial(ReservationCheck.FleetLimitReached, host.Id, DenialClass.WaitForEvent, $"{Words(count)} of {scope} {name} are reserved or suspect, and {most} may be.", "Wait until one is given back.", $"limit:{scope}")
                    .With("scope", scope)
                    .With("name", name)
                    .With("count", Words(count))
                    .With("limit", Words(most))
                : null;
    }

    public static Denial? Velocity(GrantStep step, Host host)
    {
        if (step.Policy.VelocityPerHour is not { } most || step.Held.Pace.Within(step.Now) < most)
        {
            return null;
        }

        var next = step.Held.Pace.NextRoom(step.Now);
        return new Denial(ReservationCheck.VelocityLimited, host.Id, DenialClass.Backoff, $"{Words(most)} grants an hour are allowed, and so many were given.", $"Ask again at {next:u}.", "later") { RetryAt = next }
            .With("limit", Words(most));
    }

    /// <summary>Work that mends goes on: it is how casualties become fewer.</summary>
    public static Denial? Casualties(GrantStep step, Host host) =>
        step.Policy.CasualtyBudget is { } budget && step.Held.Casualties >= budget && !step.Held.Charged.ContainsKey(host.Id)
            ? new Denial(ReservationCheck.CasualtyBudgetExhausted, host.Id, DenialClass.Backoff, $"{Words(step.Held.Casualties)} hosts did not come back right, and {Words(budget)} end all further work.", "Prove them healthy, or have them rebuilt.", "casualties")
                .With("count", Words(step.Held.Casualties))
                .With("limit", Words(budget))
            : null;

    public static Denial? Rack(GrantStep step, Host host)
    {
        if (step.Policy.MaxPerRack is not { } most || step.Held.Charged.ContainsKey(host.Id) || step.Held.Tally.InRack(host.Az, host.Rack) < most)
        {
            return null;
        }

        var blocking = step.Held.Charged.Values.Where(one => one.Az == host.Az && one.Rack == host.Rack).Select(one => one.Host).Order(StringComparer.Ordinal).Take(20);
        return new Denial(ReservationCheck.RackConflict, host.Id, DenialClass.WaitForEvent, $"{Words(most)} of rack {host.Rack} may be away at once.", "Wait until one of its hosts is given back.", $"rack:{host.Rack}")
            .With("rack", host.Rack)
            .With("blocking", string.Join(",", blocking));
    }

    private static Denial? Group(GrantStep step, Host host, string group) =>
        step.Policy.Groups.TryGetValue(group, out var slots) && step.Held.Tally.InGroup(group) >= slots.Slots
            ? new Denial(ReservationCheck.FleetLimitReached, host.Id, DenialClass.WaitForEvent, $"All {Words(slots.Slots)} slots of group {group} are taken.", "Wait until one is given back.", $"group:{group}")
                .With("scope", "group")
                .With("name", group)
                .With("limit", Words(slots.Slots))
            : null;

    private static Denial NoCapacity(GrantStep step, Host host, int have, int most, string of) =>
        new Denial(ReservationCheck.InsufficientOfflineCapacity, host.Id, DenialClass.WaitForEvent, $"{Words(have)} hosts of {host.Az} ({of}) are out, and {Words(most)} may be.", "Wait until one comes back.", $"az-capacity:{host.Az}")
            .With("az", host.Az)
            .With("dimension", "hosts")
            .With("out", Words(have))
            .With("limit", Words(most));

    private static string Words(int number) => number.ToString(CultureInfo.InvariantCulture);
}
