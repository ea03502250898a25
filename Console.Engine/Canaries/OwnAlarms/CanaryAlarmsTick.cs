using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Maintenance;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Canaries.OwnAlarms;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Canaries.Results;
using OpsConsole.Engine.Canaries.Silence;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Canaries.OwnAlarms;

/// <summary>Sees to it that canaries have their alarms: follows from states, so that a killed console makes up for what it did not come to.</summary>
public sealed partial class CanaryAlarmsTick(ICommands commands, IStates states, CanaryResults results, SilenceBook silence, ILogger<CanaryAlarmsTick> log) : ITickPart
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <summary>After a refusal, and to make up for what others changed.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (Canary Canary, ImmutableHashSet<AlarmPlace> Places, DateTimeOffset At)> _done = new(StringComparer.Ordinal);
    private DateTimeOffset _looked;

    public async ValueTask TickAsync(DateTimeOffset now, CancellationToken cancel)
    {
        if (now - _looked < Every)
        {
            return;
        }

        _looked = now;
        var book = states.Get<CanaryBook>(CanaryStreams.Only);
        foreach (var orphans in AlarmsDue.Orphans(book, states.All<AlarmGroup>(AlarmStreams.Family).Select(group => group.State)).ToArray())
        {
            await SendAsync(orphans, "their canary is no more", cancel).ConfigureAwait(false);
        }

        foreach (var (command, reason) in MutesDue.Of(book, states.Get<MaintenanceBook>(MaintenanceStreams.Only), now))
        {
            await SendAsync(command, reason, cancel).ConfigureAwait(false);
        }

        var places = results.Posts.ToLookup(post => post.Post.Canary, post => new AlarmPlace(post.Target.Partition, post.Post.Region, post.Post.Vantage, post.Target.Simulated));
        foreach (var known in book.Canaries.Values)
        {
            await KeepAsync(known.Canary, [.. places[known.Canary.Name]], now, cancel).ConfigureAwait(false);
        }

        if (SilenceAlarms.Due(silence.Lines, states.Get<AlarmGroup>(AlarmStreams.Of(SilenceAlarms.Group))) is { } due)
        {
            await SendAsync(due, "customers are counted there", cancel).ConfigureAwait(false);
        }
    }

    private async Task KeepAsync(Canary canary, ImmutableHashSet<AlarmPlace> places, DateTimeOffset now, CancellationToken cancel)
    {
        if (_done.TryGetValue(canary.Name, out var done) && ReferenceEquals(done.Canary, canary) && places.SetEquals(done.Places) && now - done.At < Again)
        {
            return;
        }

        _done[canary.Name] = (canary, places, now);
        foreach (var command in AlarmsDue.Of(canary, places, states.Get<AlarmGroup>(AlarmStreams.Of(CanaryAlarms.Group(canary.Name)))))
        {
            await SendAsync(command, $"the alarms of the canary {canary.Name}", cancel).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(ICommand command, string reason, CancellationToken cancel)
    {
        if ((await commands.SendAsync(new(command, Actor.Engine, reason, Cause: "tick"), cancel).ConfigureAwait(false)).Rejection is { } refused)
        {
            LogRefused(command.GetType().Name, refused.ToString());
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Command} for a canary's alarms was refused: {Why}")]
    private partial void LogRefused(string command, string why);
}
