using OpsConsole.Domain.Reservations;

namespace OpsConsole.Web.Reservations;

/// <summary>What is typed into the request form.</summary>
public sealed class RequestForm
{
    private string _id = NewId();

    public string Hosts { get; set; } = "";

    public bool AsManyAsGo { get; set; }

    public WorkerKind Kind { get; set; } = WorkerKind.Human;

    public ActivityKind Activity { get; set; } = ActivityKind.Diagnostic;

    public int Minutes { get; set; } = 30;

    public string Reason { get; set; } = "";

    public string Override { get; set; } = "";

    /// <summary>The same until the form is cleared: pressing twice asks once.</summary>
    public RequestReservations Command(string region)
    {
        var hosts = Hosts.Split([',', ' ', '\n', '\r', '\t', ';'], StringSplitOptions.RemoveEmptyEntries);
        return new(region, _id, [.. hosts], Kind, [new(Activity)], TimeSpan.FromMinutes(Minutes)) { Max = AsManyAsGo && hosts.Length > 0 ? hosts.Length : null, Override = Override.Trim() is { Length: > 0 } given ? given : null };
    }

    public void Clear() => (_id, Hosts, Reason, Override) = (NewId(), "", "", "");

    /// <summary>After a refusal the next press is a new wish.</summary>
    public void Again() => _id = NewId();

    private static string NewId() => $"page-{Guid.NewGuid():n}";
}
