using System.Collections.Immutable;

namespace OpsConsole.Domain.Durability.Threats;

public enum ThreatCategory
{
    Hardware,
    Software,
    Operator,
    Environment,
    Dependency,
    Capacity,
}

public enum ResidualRisk
{
    Low,
    Medium,
    High,
}

/// <summary>One way in which data could be lost, and what stands against it.</summary>
/// <param name="Id">Such as <c>DT-HW-01</c>: category and number.</param>
/// <param name="What">What happens.</param>
/// <param name="Impact">What it would cost if nothing stood against it.</param>
/// <param name="Guards">What stands against it, each a check or measure that has a name.</param>
/// <param name="Injection">How it is brought about on purpose.</param>
/// <param name="Expected">What must be seen then.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Residual">What is left with all guards in place.</param>
public sealed record Threat(string Id, ThreatCategory Category, string What, string Impact, ImmutableArray<string> Guards, string Injection, string Expected, string Owner, ResidualRisk Residual)
{
    /// <summary>Two letters of the category, as ids have them.</summary>
    public static string Letters(ThreatCategory category) =>
        category switch
        {
            ThreatCategory.Hardware => "HW",
            ThreatCategory.Software => "SW",
            ThreatCategory.Operator => "OP",
            ThreatCategory.Environment => "EN",
            ThreatCategory.Dependency => "DP",
            _ => "CP",
        };
}

/// <summary>A guard was tried against a threat.</summary>
/// <param name="Held">Whether what was expected was seen.</param>
/// <param name="Evidence">Where it can be looked up: a run, an event, a report.</param>
public sealed record ThreatDrill(string Threat, string Guard, DateTimeOffset At, bool Held, string By, string Evidence);
