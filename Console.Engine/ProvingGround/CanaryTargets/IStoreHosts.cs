using OpsConsole.Engine.ProvingGround.Supervision;

namespace OpsConsole.Engine.ProvingGround.CanaryTargets;

/// <summary>The other hosts of the store, for what only shows where two answer in turn.</summary>
internal interface IStoreHosts
{
    /// <summary>Another host that answers and is not held out; null where there is none, and where no one host is asked.</summary>
    string? BesideOf(string? host);

    Uri AddressOf(string host);
}

/// <summary>Those of the ground.</summary>
internal sealed class GroundStoreHosts(GroundSupervisor supervisor) : IStoreHosts
{
    public string? BesideOf(string? host) =>
        host is null ? null : supervisor.Plan.Of(GroundRole.Web).Select(other => other.Id).FirstOrDefault(other => other != host && supervisor.RunningOf(other) is not null && !supervisor.IsHeldOut(other));

    public Uri AddressOf(string host) => supervisor.Plan[host].Address;
}
