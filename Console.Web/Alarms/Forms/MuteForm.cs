using System.Globalization;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Maintenance;

namespace OpsConsole.Web.Alarms.Forms;

/// <summary>A maintenance window as it is typed: from now for some minutes.</summary>
public sealed class MuteForm
{
    public string Scope { get; set; } = "";

    /// <summary>Only this group's alarms; empty for all.</summary>
    public string Group { get; set; } = "";

    public string Minutes { get; set; } = "60";

    /// <summary>Null where it cannot be read; <paramref name="wrong"/> then says why. Whether it may be is the command's to say.</summary>
    /// <param name="place">Finds a written scope in the fleet; null where it has none such.</param>
    public PutMaintenance? Read(Func<string, Scope?> place, DateTimeOffset now, out string? wrong)
    {
        var scope = place(Scope);
        var read = double.TryParse(Minutes.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var minutes) && minutes is > 0 and <= 1e6;
        wrong = scope is null ? "The fleet has no such place; write global, partition:NAME, region:NAME, az:NAME or service:NAME."
            : !read ? "Give minutes, more than 0."
            : null;
        return wrong is null ? new($"mute-{now.UtcDateTime:yyyyMMdd-HHmmssfff}", scope!, string.IsNullOrWhiteSpace(Group) ? null : Group.Trim(), now, now.AddMinutes(minutes)) : null;
    }
}
