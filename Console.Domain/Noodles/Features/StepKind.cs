namespace OpsConsole.Domain.Noodles.Features;

public enum StepKind
{
    /// <summary>The keyword does not tell, as <c>*</c>.</summary>
    Unknown,

    /// <summary>Given.</summary>
    Context,

    /// <summary>When.</summary>
    Action,

    /// <summary>Then.</summary>
    Outcome,

    /// <summary>And, But: of the kind of the step before. In feature files only; never in a scenario that is run.</summary>
    Conjunction,
}
