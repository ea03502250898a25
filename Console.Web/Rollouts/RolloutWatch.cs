using System.CommandLine;
using System.Text.Json;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Web.Cli;

namespace OpsConsole.Web.Rollouts;

/// <summary>Asks for a rollout again and again until it ends, and says each change on a line of its own.</summary>
internal static class RolloutWatch
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>Answers with the summary of a rollout that completed; any other end is a refusal, so that scripts stop there.</summary>
    public static async Task<JsonElement> FollowAsync(ConsoleClient console, ParseResult parsed, CancellationToken cancel)
    {
        var output = parsed.GetValue<bool>("--json") ? TextWriter.Null : parsed.InvocationConfiguration.Output;
        var told = "";
        while (true)
        {
            var summary = await console.GetAsync(RolloutVerbs.Path(parsed.GetValue(RolloutVerbs.Id)!), cancel);
            var now = Line(summary);
            if (now != told)
            {
                await output.WriteLineAsync(told = now);
            }

            if (summary.GetProperty("endedAt").ValueKind == JsonValueKind.String)
            {
                return RolloutPrinter.Text(summary, "status") == nameof(RolloutStatus.Completed) ? summary : throw NotCompleted(summary);
            }

            await Task.Delay(Every, TimeProvider.System, cancel);
        }
    }

    private static string Line(JsonElement summary)
    {
        var wait = summary.GetProperty("wait") is { ValueKind: JsonValueKind.Object } some && RolloutPrinter.Text(summary, "status") != nameof(RolloutStatus.Running) ? $"; waits for {RolloutPrinter.Text(some, "what")}" : "";
        return $"{RolloutPrinter.Text(summary, "status")}: {RolloutPrinter.Progress(summary)}{wait}";
    }

    private static RefusedException NotCompleted(JsonElement summary)
    {
        var (id, status) = (RolloutPrinter.Text(summary, "id"), RolloutPrinter.Text(summary, "status"));
        return new(new(StatusCodes.Status200OK, "rollout.not-completed", $"{id} ended as {status}.", RolloutPrinter.Text(summary, "why"), $"See 'rollout show {id}'."), summary);
    }
}
