using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Cord;

/// <summary>Another slice's say on a pull that takes something away from hosts. Asked in the step that pulls, so that no way in passes it. Pulls that only stop are for no rule to refuse.</summary>
public interface ICordRule
{
    /// <summary>Why it may not be pulled so; null where it may.</summary>
    Rejection? Refuses(PullCord pull, CordState cord, DecisionContext context);
}
