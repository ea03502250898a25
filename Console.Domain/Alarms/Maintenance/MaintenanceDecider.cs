using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Alarms.Maintenance;

/// <summary>The rules of maintenance windows: each has a reason and an end, and a forgotten one cannot keep alarms silent for long.</summary>
public sealed class MaintenanceDecider : IDecider<MaintenanceBook>
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(90);

    public MaintenanceBook Initial(StreamId stream) => new();

    public Decision Decide(MaintenanceBook state, ICommand command, DecisionContext context) =>
        command switch
        {
            PutMaintenance put => Put(state, put, context),
            EndMaintenance end => state.Windows.Any(window => window.Id == end.Id)
                ? Decision.Accept(new MaintenanceEnded(end.Id))
                : new Rejection(RejectionKind.NotFound, "alarms.no-such-window", "No maintenance window was ended.", $"There is none named '{end.Id}'.", "Look at the list of windows."),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "not a command about maintenance windows"),
        };

    /// <summary>A window that is over for a day is forgotten with the next that is put.</summary>
    public MaintenanceBook Apply(MaintenanceBook state, IEvent happened, DateTimeOffset at) =>
        happened switch
        {
            MaintenancePut e => Leave(state, e.Window.Id, at) with { Windows = [.. state.Windows.Where(window => window.Id != e.Window.Id && window.To > at - TimeSpan.FromDays(1)), e.Window] },
            MaintenanceEnded e => Leave(state, e.Id, at) with { Windows = state.Windows.RemoveAll(window => window.Id == e.Id) },
            _ => state,
        };

    private static MaintenanceBook Leave(MaintenanceBook state, string id, DateTimeOffset at) =>
        state.Windows.FirstOrDefault(window => window.Id == id && window.From < at) is { } left
            ? state with { Past = [.. state.Past.Where(window => window.To > at - TimeSpan.FromDays(1)).TakeLast(MaintenanceBook.MostWindows - 1), left with { To = left.To < at ? left.To : at }] }
            : state;

    /// <summary>A window needs the permission where it holds, also to be ended.</summary>
    public ImmutableArray<Scope> Reach(MaintenanceBook state, ICommand command) =>
        command is EndMaintenance end && state.Windows.FirstOrDefault(window => window.Id == end.Id) is { } ended ? [ended.Scope]
        : command is PutMaintenance put && state.Windows.FirstOrDefault(window => window.Id == put.Id) is { } before ? [put.Scope, before.Scope]
        : [command.Scope];

    private static Decision Put(MaintenanceBook state, PutMaintenance put, DecisionContext context)
    {
        var wrong = !AlarmRules.IsName(put.Id) ? "Its id is no name: use 1 to 100 letters, digits, '-', '_' or '.'."
            : put.Group is not null && !AlarmRules.IsName(put.Group) ? "Its group is no group's name."
            : string.IsNullOrWhiteSpace(context.Reason) ? "No reason was given."
            : put.To <= put.From || put.To <= context.Now ? "It is over before it begins, or already."
            : put.To - put.From > Longest ? $"It lasts longer than {Longest.TotalDays:0} days: whoever is not told for so long is not watching."
            : put.From > context.Now + Ahead ? $"It begins more than {Ahead.TotalDays:0} days ahead."
            : null;
        if (wrong is not null)
        {
            return new Rejection(RejectionKind.Invalid, "alarms.maintenance", "The maintenance window was not planned.", wrong, "Change it and send it again.");
        }

        return state.Windows.Count(window => window.To > context.Now && window.Id != put.Id) >= MaintenanceBook.MostWindows
            ? new Rejection(RejectionKind.Conflict, "alarms.too-many-windows", "The maintenance window was not planned.", $"There are {MaintenanceBook.MostWindows} already.", "End some first.")
            : Decision.Accept(new MaintenancePut(new(put.Id, put.Scope, put.Group, put.From, put.To) { By = context.Actor.Id, Reason = context.Reason! }));
    }
}
