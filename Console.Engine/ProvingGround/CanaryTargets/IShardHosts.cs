using OpsConsole.Engine.ProvingGround.Storage;

namespace OpsConsole.Engine.ProvingGround.CanaryTargets;

/// <summary>Storage hosts, for what is asked past the web hosts.</summary>
internal interface IShardHosts
{
    /// <summary>Null where it is none.</summary>
    IShardHost? Find(string host);

    /// <summary>Tells the host's process from one that came after it; null where none runs.</summary>
    object? ProcessOf(string host);
}
