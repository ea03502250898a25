using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Fleet.Files;

/// <summary>What came of an import.</summary>
/// <param name="Regions">How many regions are as the file says.</param>
/// <param name="Refused">By region, why it is not. Importing the same file again, once that is mended, does only what is missing.</param>
public sealed record FleetImportOutcome(int Regions, ImmutableSortedDictionary<string, Rejection> Refused);

/// <summary>
/// Sends a valid file's commands. A region is one stream and a file many, so a region may be refused (a host in work, a name another region has) after others were
/// taken: the rest goes on, the outcome names the refused, and the same file again changes only what is not yet so.
/// </summary>
public static class FleetImport
{
    public static async Task<FleetImportOutcome> ApplyAsync(FleetFileResult file, ICommands commands, Actor actor, string? reason, CancellationToken cancel)
    {
        if (!file.Valid)
        {
            throw new ArgumentException("a file with errors is not applied", nameof(file));
        }

        var refused = ImmutableSortedDictionary.CreateBuilder<string, Rejection>(StringComparer.Ordinal);
        foreach (var command in file.Commands.Where(command => !refused.ContainsKey(command.Region)))
        {
            var result = await commands.SendAsync(new CommandRequest(command, actor, reason, Cause: "fleet import"), cancel).ConfigureAwait(false);
            if (result.Rejection is { } rejection)
            {
                refused[command.Region] = rejection;
            }
        }

        return new(file.Commands.Select(command => command.Region).Distinct().Count() - refused.Count, refused.ToImmutable());
    }
}
