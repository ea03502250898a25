namespace OpsConsole.Domain.Noodles.Running;

/// <summary>Whose fault a scenario that is not good is.</summary>
public enum NoodleBlame
{
    None,

    /// <summary>The target answered wrongly, late or not at all.</summary>
    Target,

    /// <summary>The test itself broke: a step with no definition, an error in a step, nothing to lease, a resource that could not be cleaned.</summary>
    Test,
}
