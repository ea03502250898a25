namespace OpsConsole.Domain.ProvingGround.Consensus;

/// <summary>What a leader knows of another member.</summary>
internal sealed class RaftPeer(string id, long next)
{
    public string Id { get; } = id;

    /// <summary>The one that answered last in this term; null where none did.</summary>
    public Guid? Incarnation { get; set; }

    /// <summary>The log's last entry when this incarnation was first heard of.</summary>
    public long MustHave { get; set; }

    /// <summary>The entry to be sent next.</summary>
    public long Next { get; set; } = next;

    /// <summary>The last entry it is known to have on disk.</summary>
    public long Match { get; set; }

    /// <summary>When the last message that it answered was sent; null where it answered none in this term.</summary>
    public TimeSpan? Answered { get; set; }

    public TimeSpan LastSent { get; set; }

    /// <summary>Entries or a chunk are on their way: the next wait for the answer, or for a heartbeat's time.</summary>
    public bool Waiting { get; set; }

    /// <summary>The snapshot being sent, and from where on; null where it gets entries.</summary>
    public (SnapshotMark Mark, long Offset)? Snapshot { get; set; }

    /// <summary>Another incarnation: nothing is known of it.</summary>
    public void BeginAgain(long next) => (Next, Match, Answered, Waiting, Snapshot) = (next, 0, null, false, null);
}
