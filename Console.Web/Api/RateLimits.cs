using System.Globalization;
using System.Threading.RateLimiting;
using OpsConsole.Domain.Journal;
using OpsConsole.Web.Access;

namespace OpsConsole.Web.Api;

/// <summary>How often one sender may ask, each minute: at the door by address, in the API by actor. Pages are not limited: their work runs in circuits.</summary>
internal static class RateLimits
{
    public const int Door = 10;
    public const int Api = 600;
    public const int Heavy = 30;

    /// <summary>Policy for requests that take much work: file imports and exports.</summary>
    public const string HeavyPolicy = "heavy";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static IServiceCollection AddRateLimits(this IServiceCollection services) =>
        services.AddRateLimiter(options =>
        {
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(PartitionOf);
            options.AddPolicy(HeavyPolicy, http => RateLimitPartition.GetFixedWindowLimiter($"heavy {Sender(http)}", _ => Limit(Heavy)));
            options.OnRejected = async (context, _) =>
            {
                var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window;
                var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                context.HttpContext.Response.Headers.RetryAfter = seconds;
                var rejection = new Rejection(RejectionKind.Unavailable, "api.too-often", "The request was refused.", "Too many came from this sender within a minute.", $"Wait {seconds} s, then send less often.");
                await Problems.From(rejection, StatusCodes.Status429TooManyRequests).ExecuteAsync(context.HttpContext);
            };
        });

    private static RateLimitPartition<string> PartitionOf(HttpContext http)
    {
        var path = http.Request.Path;
        if (path.StartsWithSegments("/sign-in") && (HttpMethods.IsPost(http.Request.Method) || path.StartsWithSegments("/sign-in/once")))
        {
            return RateLimitPartition.GetFixedWindowLimiter($"door {Address(http)}", _ => Limit(Door));
        }

        return path.StartsWithSegments("/api") || path.StartsWithSegments("/v1")
            ? RateLimitPartition.GetFixedWindowLimiter($"api {Sender(http)}", _ => Limit(Api))
            : RateLimitPartition.GetNoLimiter("");
    }

    private static FixedWindowRateLimiterOptions Limit(int count) => new() { PermitLimit = count, Window = Window, QueueLimit = 0 };

    private static string Sender(HttpContext http) => http.RequestServices.GetRequiredService<IActorSource>().Of(http.User)?.Id ?? Address(http);

    private static string Address(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "";
}
