using System.Text.Json;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.Journal;

/// <summary>The audit over HTTP: the journal, newest first.</summary>
internal static class AuditApi
{
    private const int Most = 500;
    private const int LongestText = 200;

    public static void MapAudit(this IEndpointRouteBuilder api) =>
        api.MapGet("/audit", (long? before, string? stream, string? actor, string? text, int? take, HttpContext http, IJournal journal) =>
            http.NeedingAsync(Permission.View, () => ReadAsync(new(before, stream, actor, text, take ?? 100), journal, http.RequestAborted))).WithTags("audit");

    private static async Task<IResult> ReadAsync(AuditQuery query, IJournal journal, CancellationToken cancel)
    {
        if (query.Take is < 1 or > Most)
        {
            return Problems.Invalid("audit.take", $"take is {query.Take}.", $"Ask for 1 to {Most} events, then for those before the last one with 'before'.");
        }

        if (query.Text?.Length > LongestText || query.Stream?.Length > LongestText || query.Actor?.Length > LongestText)
        {
            return Problems.Invalid("audit.text", $"What to look for has more than {LongestText} characters.", "Look for less.");
        }

        var page = await journal.ReadBackAsync(query, cancel);
        return Results.Ok(new AuditAnswer([.. page.Select(Entry)], page.Next));
    }

    private static AuditEntry Entry(Recorded recorded) =>
        new(recorded.Sequence, recorded.Stream.Value, recorded.Version, recorded.At, recorded.Actor, EventTypes.NameOf(recorded.Event), recorded.Reason, recorded.Cause, JsonSerializer.SerializeToElement(recorded.Event, recorded.Event.GetType(), EventTypes.Json));

    /// <param name="Next">Send as <c>before</c> for the next page; null on the last one.</param>
    public sealed record AuditAnswer(AuditEntry[] Events, long? Next);

    public sealed record AuditEntry(long Sequence, string Stream, long Version, DateTimeOffset At, string Actor, string Event, string? Reason, string? Cause, JsonElement Facts);
}
