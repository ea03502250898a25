using System.Text.Json.Serialization;

namespace OpsConsole.Domain.Alarms.Rules.Composites;

/// <summary>An alarm over other alarms.</summary>
/// <param name="Expression">See <see cref="CompositeExpression"/>; alarms are named by their full names, <c>group/name</c>.</param>
public sealed record CompositeRule(string Expression)
{
    private CompositeExpression? _read;

    public string Expression
    {
        get;
        init => (field, _read) = (value, null);
    } = Expression;

    /// <summary>While this alarm is in ALARM, nobody is told of this one; null for none.</summary>
    public string? Suppressor { get; init; }

    /// <summary>How long a change of this alarm waits for the suppressor to go off.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long it waits on after the suppressor is over, for this alarm to follow.</summary>
    public TimeSpan Extension { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>As read; null for one that cannot be, which no command lets in.</summary>
    [JsonIgnore]
    public CompositeExpression? Read => _read ??= CompositeExpression.Parse(Expression, out _);
}
