using OpsConsole.Engine.Live;

namespace OpsConsole.Web.Live;

/// <summary>What every live view needs, one set a circuit.</summary>
public sealed record LiveSources(LiveFeed Feed, EnginePulse Pulse, TabVisibility Tab, TimeProvider Clock);
