using OpsConsole.Domain.Canaries;

namespace OpsConsole.Engine.Canaries;

/// <summary>Canaries that come with a world.</summary>
public interface IShippedCanaries
{
    IEnumerable<Canary> All { get; }
}
