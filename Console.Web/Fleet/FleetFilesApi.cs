using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Fleet.Files;
using OpsConsole.Engine.Journal;
using OpsConsole.Web.Access;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.Fleet;

/// <summary>Fleet files over HTTP. An import is taken whole or not at all: every error comes back at once, with its line.</summary>
internal static class FleetFilesApi
{
    public static void MapFleetFiles(this IEndpointRouteBuilder api)
    {
        var fleet = api.MapGroup("/fleet").WithTags("fleet").RequireRateLimiting(RateLimits.HeavyPolicy);
        fleet.MapPost("/import", ImportAsync).RequestSizeLimit(BodyLimits.FleetFile).Accepts<string>("text/csv", "application/yaml");
        fleet.MapGet("/export", ExportAsync);
    }

    /// <param name="check">Only judge the file.</param>
    private static async Task<IResult> ImportAsync(string? format, string? reason, bool? check, HttpContext http, ICommands commands, CancellationToken cancel)
    {
        // Whoever may edit no region at all is refused before the file is read; each region's command asks again.
        if (!http.Actor().Grants.Any(grant => grant.Role >= Permissions.LeastRole(Permission.EditFleet)) && Permissions.Check(http.Actor(), Permission.EditFleet, Scope.Global) is { } refused)
        {
            return Problems.From(refused);
        }

        if (FormatOf(format) is not { } known)
        {
            return UnknownFormat(format);
        }

        await using var file = Scratch();
        await http.Request.Body.CopyToAsync(file, cancel);
        file.Position = 0;
        var read = await Task.Run(() => FleetFiles.Read(file, known), cancel);
        if (!read.Valid)
        {
            return Wrong(read);
        }

        var outcome = check == true
            ? new FleetImportOutcome(0, ImmutableSortedDictionary<string, Rejection>.Empty)
            : await FleetImport.ApplyAsync(read, commands, http.Actor(), reason, cancel);
        var answer = new ImportAnswer(read.Hosts, read.Commands.Select(command => command.Region).Distinct().Count(), outcome.Regions, outcome.Refused);
        return outcome.Refused.IsEmpty ? Results.Ok(answer) : Problems.From(PartlyRefused(answer));
    }

    private static async Task<IResult> ExportAsync(string? format, string? region, HttpContext http, FleetSummaries summaries, IStates states, CancellationToken cancel)
    {
        if (FormatOf(format ?? "yaml") is not { } known)
        {
            return UnknownFormat(format);
        }

        if (region is not null && summaries.Region(region).Hosts.IsEmpty)
        {
            return Problems.NotFound("fleet.no-such-region", $"The fleet has no region '{region}'.", "See /api/v1/fleet/regions.");
        }

        var actor = http.Actor();
        var hosts = states.All<RegionFleet>(FleetStreams.Family).Select(one => one.State)
            .Where(fleet => (region is null || fleet.Region == region) && Permissions.May(actor, Permission.View, Scope.OfRegion(fleet.Region, fleet.Partition)))
            .SelectMany(fleet => fleet.Hosts.Values);
        var file = Scratch();
        await Task.Run(() => FleetFiles.Write(file, known, hosts), cancel);
        file.Position = 0;
        return Results.Stream(file, known == FleetFormat.Csv ? "text/csv" : "application/yaml");
    }

    private static FleetFormat? FormatOf(string? format) => FleetFiles.FormatOf($".{format}");

    private static IResult UnknownFormat(string? format) => Problems.Invalid("fleet.format", $"'{format}' is no format of fleet files.", "Give format=yaml or format=csv.");

    /// <summary>Requests are read and answers sent without blocking; files are parsed and written with. This lies between, and is gone when closed.</summary>
    private static FileStream Scratch() =>
        new(Path.Combine(Path.GetTempPath(), $"opsconsole-{Path.GetRandomFileName()}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 65_536, FileOptions.DeleteOnClose | FileOptions.Asynchronous);

    private static IResult Wrong(FleetFileResult read)
    {
        var count = read.ErrorCount.ToString("N0", CultureInfo.InvariantCulture);
        var more = read.ErrorCount > read.Errors.Length ? $"\n…and {read.ErrorCount - read.Errors.Length} more" : "";
        return Results.Problem(new ProblemDetails
        {
            Type = "urn:opsconsole:fleet.file-invalid",
            Title = "The fleet file was not imported.",
            Detail = $"It has {count} errors. Nothing was changed.",
            Status = StatusCodes.Status400BadRequest,
            Extensions =
            {
                ["code"] = "fleet.file-invalid",
                ["what"] = "The fleet file was not imported; nothing was changed.",
                ["why"] = $"It has {count} errors:\n{string.Join('\n', read.Errors)}{more}",
                ["do"] = "Correct them and import the file again.",
                ["errors"] = read.Errors,
                ["errorCount"] = read.ErrorCount,
            },
        });
    }

    private static Rejection PartlyRefused(ImportAnswer answer)
    {
        var worst = answer.Refused.Values.Any(one => one.Kind == RejectionKind.Unavailable) ? RejectionKind.Unavailable : answer.Refused.First().Value.Kind;
        var rejection = new Rejection(
            worst,
            "fleet.import-partly-refused",
            $"{answer.Applied} of {answer.Regions} regions are as the file says; {answer.Refused.Count} were refused.",
            string.Join('\n', answer.Refused.Select(region => $"{region.Key}: {region.Value}")),
            "Mend that and import the same file again: it changes only what is not yet so.");
        return answer.Refused.Aggregate(rejection, (so, region) => so.With(region.Key, region.Value.Code));
    }

    /// <param name="Hosts">Hosts the file names.</param>
    /// <param name="Regions">Regions the file names.</param>
    /// <param name="Applied">Regions that are now as the file says.</param>
    public sealed record ImportAnswer(int Hosts, int Regions, int Applied, ImmutableSortedDictionary<string, Rejection> Refused);
}
