using System.Text.Json.Serialization;

namespace OpsConsole.Web.Kit;

/// <summary>One line, bar or marker series of a chart. Colours are token names (<c>bad</c>, <c>muted</c>), so charts follow the theme.</summary>
/// <param name="X">Times in ISO 8601 or numbers, as many as <paramref name="Y"/>.</param>
/// <param name="Type"><c>scatter</c> or <c>bar</c>.</param>
public sealed record PlotTrace(string Name, IReadOnlyList<object> X, IReadOnlyList<double?> Y, string Token = "run", string Type = "scatter")
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Dash { get; init; }

    public double Width { get; init; } = 2;

    /// <summary><c>lines</c> or <c>markers</c>.</summary>
    public string Mode { get; init; } = "lines";

    /// <summary>The markers' shape, such as <c>diamond</c> or <c>x</c>: states are told by shape, not by colour alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Symbol { get; init; }

    /// <summary>Goes from value to value in steps: for limits, which hold for a whole window.</summary>
    public bool Steps { get; init; }
}

/// <param name="YTitle">With the unit.</param>
/// <param name="Limit">A line across the chart; null for none.</param>
/// <param name="BadFrom">From here to the end the ground is marked as bad; null for nowhere.</param>
public sealed record PlotLayout(string YTitle, double? Limit = null, string? LimitWords = null, DateTimeOffset? BadFrom = null, int Height = 220);
