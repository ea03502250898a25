namespace OpsConsole.Domain.Noodles.Expressions;

/// <summary>What a step is given for one parameter.</summary>
/// <param name="Text">As it stands in the step; null where an optional group took no part.</param>
/// <param name="Start">Where in the step's text, from 0; -1 where it took no part.</param>
/// <param name="Type">Name of the parameter type; null for plain groups of regular expressions.</param>
public sealed record Argument(string? Text, int Start, object? Value, string? Type)
{
    /// <summary>Why the text could not be made the value; null where it could.</summary>
    public string? Fault { get; init; }
}
