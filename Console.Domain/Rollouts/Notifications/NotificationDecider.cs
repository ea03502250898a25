using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Notifications;

/// <summary>The rules of subscriptions.</summary>
public sealed class NotificationDecider : IDecider<NotificationState>
{
    public NotificationState Initial(StreamId stream) => new();

    public Decision Decide(NotificationState state, ICommand command, DecisionContext context) =>
        command switch
        {
            SetSubscription set => Set(state, set.Subscription with { Secret = set.Secret }, context),
            RemoveSubscription remove => Unknown(state, remove.Name) ?? (string.IsNullOrWhiteSpace(context.Reason) ? NoReason(remove.Name) : Decision.Accept(new SubscriptionRemoved(remove.Name))),
            TestSubscription test => Unknown(state, test.Name) ?? Decision.Accept(new TestAsked(new((state.Tests.IsEmpty ? 0 : state.Tests[^1].Number) + 1, test.Name, context.Actor.Id, context.Now))),
            SetConsoleAddress set => Address(state, set.Address?.TrimEnd('/')),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "not a command about notifications"),
        };

    public NotificationState Apply(NotificationState state, IEvent happened, DateTimeOffset at) =>
        happened switch
        {
            SubscriptionSet e => state with { Subscriptions = state.Subscriptions.SetItem(e.Subscription.Name, e.Subscription) },
            SubscriptionRemoved e => state with { Subscriptions = state.Subscriptions.Remove(e.Name) },
            TestAsked e => state with { Tests = [.. state.Tests.TakeLast(NotificationLimits.TestsKept - 1), e.Test] },
            ConsoleAddressSet e => state with { Address = e.Address },
            _ => state,
        };

    /// <summary>Needs the permission wherever it listens, and wherever it listened; trying one, everywhere.</summary>
    public ImmutableArray<Scope> Reach(NotificationState state, ICommand command) =>
        command switch
        {
            SetSubscription { Subscription: var set } => [.. Scopes(set), .. Now(state, set.Name)],
            RemoveSubscription remove => Now(state, remove.Name) is { IsEmpty: false } now ? now : [Scope.Global],
            _ => [Scope.Global],
        };

    private static ImmutableArray<Scope> Now(NotificationState state, string name) => state.Subscriptions.GetValueOrDefault(name ?? "") is { } now ? Scopes(now) : [];

    private static ImmutableArray<Scope> Scopes(Subscription one) => one.Scopes.IsDefaultOrEmpty ? [Scope.Global] : one.Scopes;

    private static Decision Set(NotificationState state, Subscription wished, DecisionContext context)
    {
        if (SubscriptionRules.Wrong(wished) is { } wrong)
        {
            return SubscriptionRules.Invalid(wrong.Field, wrong.What);
        }

        if (wished.Scopes.FirstOrDefault(scope => !CordScopes.Exists(scope, context.States)) is { } unknown)
        {
            return new Rejection(RejectionKind.NotFound, "notification.unknown-scope", "The subscription was not set.", $"The fleet has no {unknown.Kind.ToString().ToLowerInvariant()} named '{unknown.Name}': nothing would ever come of it.", "Choose one of the fleet's, or 'global'.");
        }

        var before = state.Subscriptions.GetValueOrDefault(wished.Name);
        if (before is null && state.Subscriptions.Count >= NotificationLimits.MostSubscriptions)
        {
            return new Rejection(RejectionKind.Conflict, "notification.full", "The subscription was not set.", $"There are {NotificationLimits.MostSubscriptions}, which is the most there may be.", "Remove one that nobody needs.");
        }

        var asksForTheSame = before is not null && before.Scopes.Select(scope => scope.ToString()).SequenceEqual(wished.Scopes.Select(scope => scope.ToString())) && before.Transitions.SequenceEqual(wished.Transitions);
        return Decision.Accept(new SubscriptionSet(wished with { By = context.Actor.Id, Since = asksForTheSame ? before!.Since : context.Now }));
    }

    private static Decision Address(NotificationState state, string? address) =>
        address == state.Address ? Decision.Nothing
        : address is not null && SubscriptionRules.WrongConsole(address) is { } wrong ? new Rejection(RejectionKind.Invalid, "notification.address", "The console's address was not set.", wrong, "Write it like https://console.example, as receivers reach it.")
        : Decision.Accept(new ConsoleAddressSet(address));

    private static Decision? Unknown(NotificationState state, string name) =>
        state.Subscriptions.ContainsKey(name) ? null : Decision.Reject(new Rejection(RejectionKind.NotFound, "notification.unknown", $"There is no subscription '{name}'.", "It was removed, or never made.", "Look at the list of subscriptions."));

    private static Decision NoReason(string name) => new Rejection(RejectionKind.Invalid, "notification.reason-missing", $"{name} was not removed.", "No reason was given.", "Say why nobody need be told any more.");
}
