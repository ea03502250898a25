using System.Collections.Frozen;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Web.Api;

/// <summary>Which names the console answers to. Another name in a request's Host header means a page elsewhere had its name point here (DNS rebinding).</summary>
internal sealed class HostNames(string urls, IEnumerable<string> more)
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    private readonly FrozenSet<string> _names = Loopback.Concat(Listening(urls)).Concat(more).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public Rejection? Check(HostString host) =>
        _names.Contains(host.Host)
            ? null
            : new(
                RejectionKind.Invalid,
                "access.host-name",
                "The request was refused.",
                $"It asks for '{(host.Host.Length > 100 ? host.Host[..100] : host.Host)}', a name this console does not answer to.",
                "Use an address it listens on, or start it with --name and that name.");

    private static IEnumerable<string> Listening(string urls) =>
        urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(url => BindingAddress.Parse(url).Host).Where(host => host is not ("*" or "+" or "0.0.0.0" or "[::]"));
}

internal static class HostNamesSetup
{
    public static void UseHostNames(this WebApplication app)
    {
        var names = app.Services.GetRequiredService<HostNames>();
        app.Use((http, next) => names.Check(http.Request.Host) is { } refused ? Problems.From(refused).ExecuteAsync(http) : next());
    }
}
