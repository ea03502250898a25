using System.Collections.Immutable;
using Microsoft.AspNetCore.Mvc;
using OpsConsole.Engine.Rollouts;

namespace OpsConsole.Web.Rollouts;

/// <summary>All that is wrong with a pipeline file, as one problem.</summary>
internal static class PipelineProblem
{
    /// <summary>A file of 256 KB can be wrong in very many places; more than this nobody reads.</summary>
    private const int Most = 200;

    public static IResult Of(ImmutableArray<FileError> errors, string what)
    {
        var shown = errors.Take(Most).ToArray();
        var more = errors.Length > Most ? $"\n…and {errors.Length - Most} more" : "";
        var count = errors.Length == 1 ? "1 error" : $"{errors.Length} errors";
        return Results.Problem(new ProblemDetails
        {
            Type = "urn:opsconsole:pipeline.file-invalid",
            Title = what,
            Detail = $"The file has {count}. Correct them and send it again.",
            Status = StatusCodes.Status400BadRequest,
            Extensions =
            {
                ["code"] = "pipeline.file-invalid",
                ["what"] = what,
                ["why"] = $"The file has {count}:\n{string.Join('\n', shown.Select(error => error.ToString()))}{more}",
                ["do"] = "Correct them and send it again.",
                ["errors"] = shown,
                ["errorCount"] = errors.Length,
            },
        });
    }
}
