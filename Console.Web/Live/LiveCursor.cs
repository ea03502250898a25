using OpsConsole.Engine.Live;

namespace OpsConsole.Web.Live;

/// <summary>How far one connection has been told of one topic.</summary>
internal sealed class LiveCursor(TopicLog log, long? since)
{
    public TopicLog Log => log;

    /// <summary>The last sequence sent; null before anything was.</summary>
    public long? Sent { get; set; } = since;

    /// <summary>Whether this connection has had anything of the topic: falling back to a snapshot is then a resync.</summary>
    public bool Started { get; set; }
}
