using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Domain.Cord;

/// <summary>The one decision on visits of planned maintenance that a pull finds in hand.</summary>
public static class SafePoints
{
    /// <param name="begun">Whether the change of the host may have begun: the installation was let go.</param>
    public static SafePoint Of(CordMode level, HostStep step, bool begun) =>
        (level, step) switch
        {
            (CordMode.HoldNew or CordMode.HaltNotBegun, _) => SafePoint.Finish,
            (CordMode.Halt or CordMode.ReadOnly, _) => SafePoint.Hold,
            (_, HostStep.Drain or HostStep.Install) => begun ? SafePoint.Finish : SafePoint.TurnBack,
            (_, HostStep.Start or HostStep.Verify or HostStep.Restore) => SafePoint.Finish,
            _ => SafePoint.Hold,
        };

    /// <summary>Under all pulls that stop work on the host since the visit was planned: the strictest decides. Where they are all released already, nobody knows under which the visit stopped, and it is held.</summary>
    public static SafePoint Of(CordState cord, Host host, Visit visit, bool begun)
    {
        ImmutableArray<CordPull> pulls = [.. cord.InForce.Where(pull => pull.Epoch > visit.CordEpoch && !pull.Mode.LetsFinish() && CordState.Holds(pull.Scope, host))];
        return pulls.IsEmpty ? SafePoint.Hold : pulls.Select(pull => Of(pull.Mode, visit.Step, begun)).Min();
    }
}
