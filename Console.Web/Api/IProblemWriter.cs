using OpsConsole.Domain.Journal;

namespace OpsConsole.Web.Api;

/// <summary>
/// Metadata of an endpoint whose protocol says how refusals are written: also those that are made before the endpoint is reached, of who may not pass, of too much and
/// of too often.
/// </summary>
internal interface IProblemWriter
{
    /// <summary>Whether this request's refusals are written so; others get problem details.</summary>
    bool Writes(HttpRequest request);

    Task WriteAsync(HttpContext http, Rejection rejection, int status);
}
