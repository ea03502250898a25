using System.Text;

namespace OpsConsole.Engine.Alarms.Ingest;

/// <summary>OTLP's names and units as this console's: <c>http.server.request.duration</c> in seconds becomes <c>http-server-request-duration-ms</c>.</summary>
internal static class OtlpNames
{
    /// <returns>The name, and what values are to be multiplied by.</returns>
    public static (string Name, double Factor) Of(string name, string unit)
    {
        var text = new StringBuilder(name.Length + 3);
        foreach (var letter in name)
        {
            text.Append(char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-');
        }

        var factor = unit switch { "s" => 1_000.0, "us" => 0.001, "ns" => 0.000_001, _ => 1 };
        if (unit is "s" or "ms" or "us" or "ns" && !name.EndsWith("ms", StringComparison.Ordinal))
        {
            text.Append("-ms");
        }

        return (text.ToString(), factor);
    }
}
