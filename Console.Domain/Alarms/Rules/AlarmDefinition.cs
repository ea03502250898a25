using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Rules.Composites;

namespace OpsConsole.Domain.Alarms.Rules;

/// <summary>An alarm as somebody wrote it: exactly one of <see cref="Rule"/> and <see cref="Composite"/>.</summary>
/// <param name="Name">Unique within its group: 1 to 100 letters, digits, <c>-</c>, <c>_</c>, <c>.</c>.</param>
/// <param name="Scope">The part of the fleet it speaks for: a rollout that works there is gated by it.</param>
public sealed record AlarmDefinition(string Name, Scope Scope)
{
    public MetricRule? Rule { get; init; }

    public CompositeRule? Composite { get; init; }

    /// <summary>The service it speaks for; null where it speaks for all.</summary>
    public string? Service { get; init; }

    /// <summary>What it means and what to do, for whoever is woken by it; at most 500 characters.</summary>
    public string Description { get; init; } = "";

    /// <summary>By which gates may choose: at most 10, written like names.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Which essential alarm it is (<see cref="Audit.Essentials"/>), as the starter set marks it; null for others.</summary>
    public string? Essential { get; init; }

    /// <summary>Whether anybody is told of its changes. One that only feeds a composite tells nobody.</summary>
    public bool Actions { get; init; } = true;
}

/// <summary>An alarm's full name, <c>group/name</c>.</summary>
public readonly record struct AlarmId(string Group, string Name)
{
    public override string ToString() => $"{Group}/{Name}";

    /// <summary>Null where it is none.</summary>
    public static AlarmId? Parse(string text) => text.Split('/') is [{ Length: > 0 } group, { Length: > 0 } name] ? new(group, name) : null;
}
