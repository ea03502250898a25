using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.Placement;
using OpsConsole.Domain.ProvingGround.Repair;

namespace OpsConsole.Tests.ProvingGround.Repair;

/// <summary>The rules of repair: who is first, who may wait, where a shard may go.</summary>
public sealed class RepairOrderTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 3, 0, 0, TimeSpan.Zero);
    private static readonly RepairPolicy Policy = new();

    [Fact]
    public void Least_slack_is_first_then_the_larger_burst_then_who_waits_longest()
    {
        var queue = new RepairQueue(100);
        var late = Item(1, 0b1, at: 9);
        var early = Item(2, 0b1, at: 1);
        var alone = Item(3, 0b10, at: 0);
        var worst = Item(4, 0b1111, at: 8);
        var unreadable = Item(5, 0b11111, at: 0);
        var waiting = Item(6, 0b111, at: 0) with { Awaited = 0b111 };
        Assert.All(new[] { late, early, alone, worst, unreadable, waiting }, item => Assert.True(queue.Put(item)));
        Assert.Equal([worst, early, late, alone], queue.Next(10));
        Assert.Equal([worst], queue.Next(1));
        Assert.Equal(6, queue.Count);
        Assert.Equal(Start, queue.Oldest);
    }

    [Fact]
    public void After_a_whole_look_at_a_group_what_it_did_not_find_wanting_waits_no_more()
    {
        var queue = new RepairQueue(100);
        var (wanting, deleted) = (Item(1, 0b1, at: 0), Item(2, 0b1, at: 0));
        queue.Put(wanting);
        queue.Put(deleted);
        queue.KeepFound(wanting.Extent.Group + 1, new HashSet<Guid>());
        Assert.Equal(2, queue.Count);

        queue.KeepFound(wanting.Extent.Group, new HashSet<Guid> { wanting.Extent.Blob });
        Assert.Equal([wanting], queue.Next(10));
        Assert.Equal(1, queue.Count);
    }

    [Fact]
    public void What_is_found_again_keeps_its_time_and_a_full_queue_keeps_what_is_urgent()
    {
        var queue = new RepairQueue(2);
        queue.Put(Item(1, 0b1, at: 0));
        queue.Put(Item(1, 0b11, at: 5));
        Assert.Equal(Start, queue.Next(1)[0].Since);
        Assert.Equal(2, queue.Next(1)[0].Slack);
        queue.Put(Item(2, 0b1, at: 1));
        Assert.False(queue.Put(Item(3, 0b1, at: 0)));
        Assert.True(queue.Put(Item(4, 0b111, at: 2)));
        Assert.Equal([1, 2], queue.Next(10).Select(item => item.Slack));
    }

    [Theory]
    [InlineData(9, 0, HostStanding.Answers)]
    [InlineData(11, 1, HostStanding.Awaited)]
    [InlineData(899, 1, HostStanding.Awaited)]
    [InlineData(900, 4, HostStanding.Lost)]
    [InlineData(11, 0, HostStanding.Lost)]
    [InlineData(11, -1, HostStanding.Lost)]
    public void Repair_waits_for_a_host_only_while_slack_allows_and_not_for_ever(int seconds, int slack, HostStanding expected) =>
        Assert.Equal(expected, Policy.Judge(TimeSpan.FromSeconds(seconds), slack));

    [Fact]
    public void A_lost_position_goes_to_the_host_of_its_az_that_has_least_of_the_group()
    {
        var map = FirstPlacement.Of([["a1", "a2", "a3"], ["b1", "b2", "b3"], ["c1", "c2", "c3"]]);
        ShardHome[] homes = [new("a2", "a"), new("a3", "a"), new("a4", "a"), new("b1", "b")];
        Assert.Equal("a4", ShardPlacing.Choose(map, 0, "a", homes));
        Assert.Equal("a2", ShardPlacing.Choose(map, 0, "a", homes[..2]));
        Assert.Null(ShardPlacing.Choose(map, 0, "c", homes));
    }

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000000")]
    [InlineData("00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000000")]
    [InlineData("80000000-0000-0000-0100-000000000000", "80000000-0000-0000-00ff-ffffffffffff")]
    [InlineData("80000000-0000-0000-0000-000000000000", "7fffffff-ffff-ffff-ffff-ffffffffffff")]
    public void The_blob_before_is_the_next_smaller_one(string blob, string before)
    {
        Assert.Equal(Guid.Parse(before), BlobOrder.Before(Guid.Parse(blob)));
        Assert.True(BlobOrder.Before(Guid.Parse(blob)).CompareTo(Guid.Parse(blob)) <= 0);
    }

    private static RepairItem Item(int blob, uint missing, int at) => new(new Extent(new Guid(blob, 0, 0, new byte[8]), 1, 0, 1, 0), missing, 0, Start.AddSeconds(at));
}
