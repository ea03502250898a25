using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Maintenance;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Canaries.OwnAlarms;

/// <summary>A mute holds back the canary's alarms: it is a maintenance window of theirs, begun and ended with it.</summary>
public static class MutesDue
{
    /// <summary>Each command with the reason it is sent with.</summary>
    public static ImmutableArray<(ICommand Command, string Reason)> Of(CanaryBook book, MaintenanceBook maintenance, DateTimeOffset now)
    {
        var wanted = book.Mutes.Where(mute => mute.Until > now).DistinctBy(Id).ToDictionary(Id, StringComparer.Ordinal);
        return
        [
            .. from pair in wanted
               where maintenance.Windows.FirstOrDefault(window => window.Id == pair.Key) is not { } known || known.To != pair.Value.Until
               select ((ICommand)new PutMaintenance(pair.Key, pair.Value.Region is { } region ? Scope.OfRegion(region) : Scope.Global, CanaryAlarms.Group(pair.Value.Canary), pair.Value.Since, pair.Value.Until), pair.Value.Reason),
            .. from window in maintenance.Windows
               where window.Id.StartsWith(Start, StringComparison.Ordinal) && window.To > now && !wanted.ContainsKey(window.Id)
               select ((ICommand)new EndMaintenance(window.Id), "the canary's mute was ended"),
        ];
    }

    private const string Start = "muted.";

    private static string Id(CanaryMute mute)
    {
        // 100 characters at most, and one for each canary and region.
        var id = $"{Start}{mute.Canary}.{mute.Region ?? "everywhere"}";
        return id.Length <= 100 ? id : id[..100];
    }
}
