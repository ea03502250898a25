using Microsoft.AspNetCore.SignalR;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Journal;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Api;

/// <summary>The hub <c>/hubs/live</c>: live topics for clients outside, and the emergency cord. Topics: <c>cord</c>, <c>engine</c>, <c>durability</c>, <c>hosts/REGION</c>, <c>reservations/REGION</c>, <c>rollouts</c>, <c>rollout/ID</c>.</summary>
internal sealed class LiveHub(LiveConnections connections, ICommands commands, IViewer viewer, FleetSummaries fleet) : Hub<ILiveClient>
{
    private const int LongestTopic = 100;

    /// <summary>
    /// Follows a topic: <see cref="ILiveClient.Snapshot"/>, then deltas. With the last sequence a client has seen it gets the deltas after it, or a snapshot
    /// where they are no longer kept.
    /// </summary>
    public SubscribeAnswer Subscribe(string topic, long? sinceSequence = null)
    {
        if (connections.Find(Context.ConnectionId) is not { } connection)
        {
            return Refused(topic, new(RejectionKind.Unavailable, "live.closing", "Nothing was subscribed.", "The connection is closing.", "Connect again."));
        }

        if (connection.Full)
        {
            return Refused(topic, new(RejectionKind.Invalid, "live.too-many-topics", $"{Shown(topic)} was not subscribed.", $"One connection follows at most {LiveConnection.MostTopics} topics.", "Unsubscribe from others first, or open a second connection."));
        }

        var log = string.IsNullOrEmpty(topic) || topic.Length > LongestTopic ? null : connection.Subscribe(topic, sinceSequence);
        return log is null
            ? Refused(topic, new(RejectionKind.NotFound, "live.no-such-topic", $"{Shown(topic)} was not subscribed.", "There is no such topic.", "Use cord, engine, durability, rollouts, rollout/ID, hosts/REGION or reservations/REGION with an id or region that exists."))
            : new(log.Topic, log.Sequence, null);
    }

    public void Unsubscribe(string topic) => connections.Find(Context.ConnectionId)?.Unsubscribe(topic ?? "");

    /// <param name="scope">Such as <c>global</c> or <c>region:eu-west-1</c>.</param>
    public Task<CommandAnswer> PullCord(string scope, string mode, string? reason, string? idempotencyKey = null)
    {
        if (Scope.Parse(scope ?? "") is not { } where)
        {
            return Invalid("cord.scope", $"'{Shown(scope)}' is not a scope.", "Send global, partition:NAME, region:NAME, az:NAME or service:NAME.");
        }

        return Enum.TryParse<CordMode>(mode, ignoreCase: true, out var how) && Enum.IsDefined(how)
            ? SendAsync(new PullCord(fleet.Now.Place(where) ?? where, how), reason, idempotencyKey)
            : Invalid("cord.mode", $"'{Shown(mode)}' is not a mode.", $"Send one of {string.Join(", ", Enum.GetNames<CordMode>())}.");
    }

    public Task<CommandAnswer> ReleaseCord(string pull, string? reason, string? idempotencyKey = null) => SendAsync(new ReleaseCord(pull ?? ""), reason, idempotencyKey);

    private async Task<CommandAnswer> SendAsync(ICommand command, string? reason, string? key)
    {
        var result = await commands.SendAsync(new(command, await viewer.ActorAsync(Context.User), reason, key, Cause: "hub"));
        return new(result.Accepted, result.Stream.Value, result.Version, result.Rejection);
    }

    private static Task<CommandAnswer> Invalid(string code, string why, string todo) =>
        Task.FromResult(new CommandAnswer(false, CordStreams.Only.Value, 0, new Rejection(RejectionKind.Invalid, code, "The cord was not pulled.", why, todo)));

    private static SubscribeAnswer Refused(string topic, Rejection why) => new(Shown(topic), 0, why);

    private static string Shown(string? text) => text is { Length: > LongestTopic } ? text[..LongestTopic] + "…" : text ?? "";
}

/// <param name="Sequence">The topic's newest sequence at that moment; 0 where refused.</param>
internal sealed record SubscribeAnswer(string Topic, long Sequence, Rejection? Rejection);

/// <param name="Version">The stream's version after the command.</param>
internal sealed record CommandAnswer(bool Accepted, string Stream, long Version, Rejection? Rejection);
