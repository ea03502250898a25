using OpsConsole.Engine.Live;
using OpsConsole.Web.Cord;
using OpsConsole.Web.Rollouts;

namespace OpsConsole.Web.Shell;

/// <summary>What every page shows around itself.</summary>
public sealed record ShellModel(CordModel Cord, Pulse Pulse, int RolloutsUnderWay);

/// <summary>Makes it, once for all circuits.</summary>
public sealed class ShellReader(CordReader cord, RolloutReader rollouts, EnginePulse pulse)
{
    public ShellModel Read() => new(cord.Read(), pulse.Now(), rollouts.UnderWay.Count);
}
