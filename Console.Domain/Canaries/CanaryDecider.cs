using System.Collections.Immutable;
using System.Text.Json;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Canaries;

/// <summary>Which canaries there may be, and who holds back what they say, why and how long.</summary>
public sealed class CanaryDecider : IDecider<CanaryBook>
{
    public static readonly TimeSpan ShortestMute = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan LongestMute = TimeSpan.FromDays(7);

    public CanaryBook Initial(StreamId stream) => CanaryBook.Empty;

    public Decision Decide(CanaryBook state, ICommand command, DecisionContext context) =>
        command switch
        {
            PutCanary put => Put(state, put.Canary, context),
            RemoveCanary remove => state.Canaries.ContainsKey(remove.Name) ? Decision.Accept(new CanaryRemoved(remove.Name)) : Decision.Nothing,
            MuteCanary mute => Mute(state, mute, context),
            UnmuteCanary unmute => state.Mutes.Any(mute => mute.Canary == unmute.Name && mute.Region == unmute.Region) ? Decision.Accept(new CanaryUnmuted(unmute.Name, unmute.Region)) : Decision.Nothing,
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "not a command of canaries"),
        };

    public CanaryBook Apply(CanaryBook state, IEvent happened, DateTimeOffset at) =>
        happened switch
        {
            CanaryPut e => state with { Canaries = state.Canaries.SetItem(e.Canary.Name, new(e.Canary, at, e.By)), Removed = state.Removed.Remove(e.Canary.Name) },
            CanaryRemoved e => state with
            {
                Canaries = state.Canaries.Remove(e.Name),
                Mutes = state.Mutes.RemoveAll(mute => mute.Canary == e.Name),
                Removed = [.. state.Removed.Where(name => name != e.Name).TakeLast(CanaryBook.MostRemoved - 1), e.Name],
            },
            CanaryMuted e => state with { Mutes = [.. state.Mutes.Where(mute => mute.Until > at && (mute.Canary != e.Name || mute.Region != e.Region)), new(e.Name, e.Region, at, e.Until, e.By, e.Reason)] },
            CanaryUnmuted e => state with { Mutes = state.Mutes.RemoveAll(mute => mute.Canary == e.Name && mute.Region == e.Region) },
            _ => state,
        };

    /// <summary>A canary that changes hands needs both sides; what is done to one needs the service it has.</summary>
    public ImmutableArray<Scope> Reach(CanaryBook state, ICommand command)
    {
        var known = command is CanaryCommand { Name: var name } ? state.Canaries.GetValueOrDefault(name) : null;
        return command switch
        {
            PutCanary put when known is not null && known.Canary.Service != put.Canary.Service => [put.Scope, Scope.OfService(known.Canary.Service)],
            RemoveCanary when known is not null => [Scope.OfService(known.Canary.Service)],
            _ => [command.Scope],
        };
    }

    private static Decision Put(CanaryBook state, Canary canary, DecisionContext context)
    {
        if (CanaryRules.Check(canary) is { } odd)
        {
            return odd;
        }

        if (!state.Canaries.ContainsKey(canary.Name) && state.Canaries.Count >= CanaryBook.MostCanaries)
        {
            return new Rejection(RejectionKind.Conflict, "canaries.too-many", $"The canary {canary.Name} was not put.", $"There are {CanaryBook.MostCanaries} canaries, the most there may be.", "Remove one that is no longer wanted.");
        }

        return state.Canaries.TryGetValue(canary.Name, out var known) && Same(known.Canary, canary) ? Decision.Nothing : Decision.Accept(new CanaryPut(canary, context.Actor.Id));
    }

    private static Decision Mute(CanaryBook state, MuteCanary mute, DecisionContext context) =>
        !state.Canaries.ContainsKey(mute.Name) ? new Rejection(RejectionKind.NotFound, "canaries.no-such-canary", "Nothing was muted.", $"There is no canary '{CanaryRules.Short(mute.Name)}'.", "See the list of canaries.")
        : string.IsNullOrWhiteSpace(context.Reason) ? new Rejection(RejectionKind.Invalid, "canaries.reason-missing", $"{mute.Name} was not muted.", "No reason was given.", "Say why nobody shall be told.")
        : mute.For < ShortestMute || mute.For > LongestMute ? new Rejection(RejectionKind.Invalid, "canaries.mute-time", $"{mute.Name} was not muted.", $"It was to last {mute.For}.", "Give 1 minute to 7 days: every mute ends by itself.")
        : mute.Region is { } region && !CanaryRules.IsName(region) ? new Rejection(RejectionKind.Invalid, "canaries.region", $"{mute.Name} was not muted.", $"'{CanaryRules.Short(region)}' is no name of a region.", "Name one region, or none for all.")
        : state.Mutes.Count(one => one.Until > context.Now) >= CanaryBook.MostMutes ? new Rejection(RejectionKind.Conflict, "canaries.too-many-mutes", $"{mute.Name} was not muted.", $"{CanaryBook.MostMutes} mutes hold now, the most there may be.", "Mute a canary in all regions at once.")
        : Decision.Accept(new CanaryMuted(mute.Name, mute.Region, context.Now + mute.For, context.Actor.Id, context.Reason));

    private static bool Same(Canary one, Canary other) => JsonSerializer.Serialize(one) == JsonSerializer.Serialize(other);
}
