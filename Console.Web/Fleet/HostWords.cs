using OpsConsole.Domain.Fleet;
using OpsConsole.Web.Kit;

namespace OpsConsole.Web.Fleet;

/// <summary>How hosts look and are called.</summary>
public static class HostWords
{
    public static StateKind Kind(HostState state) =>
        state switch
        {
            HostState.InService => StateKind.Ok,
            HostState.InWork => StateKind.Run,
            HostState.ReadOnly => StateKind.Warn,
            HostState.Casualty => StateKind.Bad,
            _ => StateKind.Unknown,
        };

    public static string Of(HostState state) =>
        state switch
        {
            HostState.InService => "in service",
            HostState.InWork => "in work",
            HostState.ReadOnly => "read-only",
            HostState.Casualty => "casualty",
            _ => "unknown",
        };

    public static HostSquares.Square Square(Host host) => new(Kind(host.State), $"{host.Id}: {Of(host.State)}, {host.Release ?? "release unknown"}");

    public static StateKind Kind(VisitStatus status) =>
        status switch
        {
            VisitStatus.Active => StateKind.Run,
            VisitStatus.Done => StateKind.Ok,
            VisitStatus.Failed => StateKind.Bad,
            _ => StateKind.Unknown,
        };

    /// <summary>An AZ in one look: casualties before work, work before rest.</summary>
    public static StateKind Kind(AzSummary az) =>
        az.Casualties > 0 ? StateKind.Bad : az.InWork > 0 ? StateKind.Run : az.Unknown > 0 ? StateKind.Unknown : az.ReadOnly > 0 ? StateKind.Warn : StateKind.Idle;

    public static int Percent(AzSummary az) => az.OfTarget == 0 ? 0 : 100 * az.OnTarget / az.OfTarget;

    public static string Describe(AzSummary az)
    {
        var parts = new List<string> { $"AZ {az.Az}: {Ages.Of(az.Hosts, "host")}" };
        Add(az.InWork, "in work" + (az.Target is null ? "" : $" towards {az.Target}, {az.OnTarget} of {az.OfTarget} there"));
        Add(az.Casualties, az.Casualties == 1 ? "casualty" : "casualties");
        Add(az.ReadOnly, "read-only");
        Add(az.Unknown, "unknown");
        return string.Join(", ", parts);

        void Add(int count, string words)
        {
            if (count > 0)
            {
                parts.Add($"{count} {words}");
            }
        }
    }
}
