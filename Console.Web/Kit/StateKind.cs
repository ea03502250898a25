namespace OpsConsole.Web.Kit;

/// <summary>How a state looks: each has its own shape and colour, and stands beside a word.</summary>
public enum StateKind
{
    Ok,
    Run,
    Bake,
    Warn,
    Bad,
    Unknown,
    Idle,
}
