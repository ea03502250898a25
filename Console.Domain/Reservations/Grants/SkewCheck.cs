using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Domain.Reservations.Grants;

/// <summary>A release that no AZ has been through never gets all of a set: what it spoils, a shard under another release still has.</summary>
internal static class SkewCheck
{
    private const int MostNamed = 20;

    public static Denial? Of(GrantStep step, Host host, ISafetyAuthority authority)
    {
        if (ReleaseOf(step.Request.Activities) is not { } version || step.Proven is not { } proven || host.Release == version || authority.Counted is not { } counted || proven.IsProven(step.Context.States, host, version))
        {
            return null;
        }

        return Alone(step, host, version, counted);
    }

    private static Denial? Alone(GrantStep step, Host host, string version, PlacedSets counted)
    {
        var question = new SafetyQuestion(step.Held, step.Fleet, host, SafetyTier.Maintenance, step.Now);
        foreach (var set in counted.SetsOf(host.Id))
        {
            if (set.Hosts.All(other => other == host.Id || OnIt(step, other, version) || question.Lost(other)))
            {
                return new Denial(ReservationCheck.VersionSkew, host.Id, DenialClass.WaitForEvent, $"Set {set.Id} would lie on {version} alone, and no AZ has been through {version} yet.", "Let it pass an AZ first, or keep one host of the set on another release.", $"release:{version}")
                    .With("set", set.Id)
                    .With("release", version)
                    .With("on-it", string.Join(",", set.Hosts.Where(other => other != host.Id && OnIt(step, other, version)).Distinct().Take(MostNamed)));
            }
        }

        return null;
    }

    private static string? ReleaseOf(System.Collections.Immutable.ImmutableArray<Activity> activities)
    {
        foreach (var activity in activities)
        {
            if (activity is { Kind: ActivityKind.Software, Artifact: { } version })
            {
                return version;
            }
        }

        return null;
    }

    /// <summary>It runs the release, or is being given it.</summary>
    private static bool OnIt(GrantStep step, string host, string version) =>
        (step.Fleet.Hosts.TryGetValue(host, out var known) && known.Release == version) || (step.Held.Charged.TryGetValue(host, out var held) && ReleaseOf(held.Activities) == version);
}
