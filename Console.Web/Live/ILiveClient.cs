using OpsConsole.Engine.Live;

namespace OpsConsole.Web.Live;

/// <summary>What the hub <c>/hubs/live</c> calls on its clients.</summary>
public interface ILiveClient
{
    /// <summary>Everything of a topic: after subscribing, and again whenever the client lagged too far behind. It replaces all the client holds of the topic.</summary>
    Task Snapshot(TopicSnapshot snapshot);

    /// <summary>A batch of changes, in the order of its sequence.</summary>
    Task Delta(TopicDelta delta);
}
