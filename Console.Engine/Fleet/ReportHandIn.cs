using Microsoft.Extensions.Logging;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Fleet;

/// <summary>Hands in what hosts answered, as one command a region. While the console cannot commit, the answers go back to wait.</summary>
internal sealed partial class ReportHandIn(HostReports reports, IStates states, ICommands commands, IRegionWork work, ILogger<ReportHandIn> log) : ITickPart
{
    /// <summary>Answers in one command.</summary>
    public const int Batch = 5_000;

    public async ValueTask TickAsync(DateTimeOffset now, CancellationToken cancel) =>
        await work.ForEachAsync(reports.Take(), region => HandInAsync(region.Key, region.Value, cancel)).ConfigureAwait(false);

    private async Task HandInAsync(string region, List<StepReport> answers, CancellationToken cancel)
    {
        if (states.VersionOf(FleetStreams.Of(region)) == 0)
        {
            LogUnknownRegion(region, answers.Count);
            return;
        }

        foreach (var batch in answers.Chunk(Batch))
        {
            var result = await commands.SendAsync(new CommandRequest(new ReportSteps(region, [.. batch]), Actor.Engine, Cause: "hosts"), cancel).ConfigureAwait(false);
            if (result.Rejection is { Kind: RejectionKind.Unavailable })
            {
                reports.PutBack(region, batch);
            }
            else if (result.Rejection is { } refused)
            {
                LogRefused(region, batch.Length, refused);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} answers name the region {Region}, which the fleet does not have; they are dropped")]
    private partial void LogUnknownRegion(string region, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} answers of hosts in {Region} were refused: {Refused}")]
    private partial void LogRefused(string region, int count, Rejection refused);
}
