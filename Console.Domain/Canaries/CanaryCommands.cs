using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Canaries;

/// <summary>A change of what canaries there are; needed where its service is, and where the one it had before was.</summary>
public abstract record CanaryCommand(string Name, Permission Needs) : ICommand
{
    public StreamId Stream => CanaryStreams.Only;

    public virtual Scope Scope => Scope.Global;
}

/// <summary>Makes a canary or changes it. The same again changes nothing.</summary>
public sealed record PutCanary(Canary Canary) : CanaryCommand(Canary.Name, Permission.EditCanaries)
{
    public override Scope Scope => Scope.OfService(Canary.Service);
}

/// <summary>Ends a canary, and with it its mutes. Doing it twice changes nothing.</summary>
public sealed record RemoveCanary(string Name) : CanaryCommand(Name, Permission.EditCanaries);

/// <summary>
/// Holds back what a canary says, with a reason, to an end: it goes on running and its results are kept, but they count as muted. Put again, it takes the place
/// of the mute before.
/// </summary>
/// <param name="Region">Null for every region.</param>
/// <param name="For">1 minute to 7 days.</param>
public sealed record MuteCanary(string Name, string? Region, TimeSpan For) : CanaryCommand(Name, Permission.OperateCanaries)
{
    public override Scope Scope => Region is null ? Scope.Global : Scope.OfRegion(Region);
}

/// <summary>Ends a mute before its time. Doing it twice changes nothing.</summary>
public sealed record UnmuteCanary(string Name, string? Region) : CanaryCommand(Name, Permission.OperateCanaries)
{
    public override Scope Scope => Region is null ? Scope.Global : Scope.OfRegion(Region);
}
