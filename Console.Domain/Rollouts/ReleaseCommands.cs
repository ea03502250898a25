using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts;

/// <summary>Says that the fleet runs this release already and that it is good; needs a reason. How a console that is new to a fleet gets its first way back.</summary>
public sealed record AdoptRelease(string Service, string Version) : ICommand
{
    public StreamId Stream => ReleaseStreams.Of(Service);

    public Permission Needs => Permission.RegisterReleases;

    public Scope Scope => Scope.OfService(Service);
}

/// <summary>Notes that a rollout completed with it.</summary>
public sealed record ProveRelease(string Service, string Version, string Rollout) : ICommand
{
    public StreamId Stream => ReleaseStreams.Of(Service);

    public Permission Needs => Permission.RunEngine;

    public Scope Scope => Scope.OfService(Service);
}

/// <summary>Notes that a rollout was rolled back from it.</summary>
public sealed record QuarantineRelease(string Service, string Version, string Rollout, string Why) : ICommand
{
    public StreamId Stream => ReleaseStreams.Of(Service);

    public Permission Needs => Permission.RunEngine;

    public Scope Scope => Scope.OfService(Service);
}

/// <summary>Lets rollouts take a quarantined release again; needs a reason.</summary>
public sealed record ClearQuarantine(string Service, string Version) : ICommand
{
    public StreamId Stream => ReleaseStreams.Of(Service);

    public Permission Needs => Permission.ClearQuarantine;

    public Scope Scope => Scope.OfService(Service);
}
