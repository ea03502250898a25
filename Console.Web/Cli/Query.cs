namespace OpsConsole.Web.Cli;

/// <summary>Writes the query part of a path; what is null is left out.</summary>
internal static class Query
{
    public static string Of(params ReadOnlySpan<(string Name, object? Value)> parts)
    {
        var written = new List<string>();
        foreach (var (name, value) in parts)
        {
            if (value is not null)
            {
                written.Add($"{name}={Uri.EscapeDataString(FormattableString.Invariant($"{value}"))}");
            }
        }

        return written.Count == 0 ? "" : "?" + string.Join('&', written);
    }
}
