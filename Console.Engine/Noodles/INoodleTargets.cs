using System.Collections.Immutable;
using OpsConsole.Domain.Noodles.Running;

namespace OpsConsole.Engine.Noodles;

/// <summary>Where a world's targets come from. Asked whenever they are needed: hosts come and go.</summary>
public interface INoodleTargets
{
    ImmutableArray<NoodleTarget> Targets { get; }
}
