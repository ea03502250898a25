using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Web.Api;

/// <summary>
/// Refusals as problem details (RFC 9457): the status from the kind; code, what, why, do and evidence as members. An endpoint with a protocol of its own writes them
/// its own way (<see cref="IProblemWriter"/>).
/// </summary>
internal static class Problems
{
    public static int StatusOf(RejectionKind kind) =>
        kind switch
        {
            RejectionKind.Invalid => StatusCodes.Status400BadRequest,
            RejectionKind.NotFound => StatusCodes.Status404NotFound,
            RejectionKind.Forbidden => StatusCodes.Status403Forbidden,
            RejectionKind.Conflict => StatusCodes.Status409Conflict,
            RejectionKind.Blocked => StatusCodes.Status423Locked,
            RejectionKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        };

    public static IResult From(Rejection rejection, int? status = null) => new Refusal(rejection, status ?? StatusOf(rejection.Kind));

    private static IResult Details(Rejection rejection, int status) =>
        Results.Problem(new ProblemDetails
        {
            Type = $"urn:opsconsole:{rejection.Code}",
            Title = rejection.What,
            Detail = $"{rejection.Why} {rejection.Do}",
            Status = status,
            Extensions =
            {
                ["code"] = rejection.Code,
                ["what"] = rejection.What,
                ["why"] = rejection.Why,
                ["do"] = rejection.Do,
                ["evidence"] = rejection.Evidence,
            },
        });

    public static IResult Invalid(string code, string why, string @do) => From(new(RejectionKind.Invalid, code, "The request was refused.", why, @do));

    public static IResult NotFound(string code, string why, string @do) => From(new(RejectionKind.NotFound, code, "Nothing was found.", why, @do));

    public static IResult NoSuchPath(HttpContext http) => NotFound("api.no-such-path", $"There is nothing at {http.Request.Method} {http.Request.Path}.", $"See {ApiSetup.OpenApiPath}.");

    private sealed class Refusal(Rejection rejection, int status) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => status;

        public Task ExecuteAsync(HttpContext httpContext) =>
            WriterOf(httpContext) is { } writer && writer.Writes(httpContext.Request) ? writer.WriteAsync(httpContext, rejection, status) : Details(rejection, status).ExecuteAsync(httpContext);

        /// <summary>Where an exception is handled the endpoint was put aside.</summary>
        private static IProblemWriter? WriterOf(HttpContext http) =>
            (http.GetEndpoint() ?? http.Features.Get<IExceptionHandlerFeature>()?.Endpoint)?.Metadata.GetMetadata<IProblemWriter>();
    }
}
