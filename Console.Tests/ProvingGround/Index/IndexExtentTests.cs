using OpsConsole.Domain.ProvingGround.Index;

namespace OpsConsole.Tests.ProvingGround.Index;

/// <summary>What is named by nothing may be removed; what something names may never be.</summary>
public sealed class IndexExtentTests
{
    private readonly IndexSteps _index = new();

    [Fact]
    public void An_extent_lives_from_its_put_to_its_last_names_end()
    {
        var (one, two) = (IndexSteps.Extent(), IndexSteps.Extent(group: 5));
        _index.Put("k", "1", one, two);
        _index.Put("same", "1", one);
        Assert.True(_index.Live(one) && _index.Live(two));
        _index.Put("k", "2");
        Assert.True(_index.Live(one));
        Assert.False(_index.Live(two));
        _index.Delete("same");
        Assert.False(_index.Live(one));
        Assert.Equal(0, _index.State.Live.Count);
    }

    [Fact]
    public void Extents_written_under_a_former_placement_are_refused_unless_they_are_named_already()
    {
        var old = IndexSteps.Extent(group: 3);
        _index.Put("k", "1", old);
        Assert.True(_index.Do(new MovePosition(3, 0, "a2", 1)).Done);
        Assert.Equal(IndexRefusal.StalePlacement, _index.Do(new MovePosition(3, 0, "a3", 1)).Refusal);
        Assert.Equal(IndexRefusal.StalePlacement, _index.Put("new", "1", IndexSteps.Extent(group: 3)).Refusal);
        Assert.True(_index.Put("new", "1", IndexSteps.Extent(group: 3, epoch: 2)).Done);
        Assert.True(_index.Put("k", "2", old).Done);
        Assert.True(_index.Live(old));
        Assert.Equal(IndexRefusal.StalePlacement, _index.Put("outside", "1", IndexSteps.Extent(group: 64)).Refusal);
        Assert.Equal(("a2", 2L), (_index.State.Placement!.Groups[3].Hosts[0], _index.State.Placement.Groups[3].Epoch));
    }

    [Fact]
    public void An_extent_whose_writing_began_too_long_ago_is_refused_unless_it_is_named_already()
    {
        var (old, late) = (IndexSteps.Extent(), IndexSteps.Extent());
        _index.Put("k", "1", old);
        for (var generation = 0; generation < Generations.NamedWithin; generation++)
        {
            Assert.True(_index.Do(new BeginGeneration(generation)).Done);
        }

        Assert.Equal(IndexRefusal.StalePlacement, _index.Do(new BeginGeneration(0)).Refusal);
        Assert.True(_index.Put("late", "1", late).Done);
        _index.Do(new BeginGeneration(Generations.NamedWithin));
        Assert.Equal(IndexRefusal.StalePlacement, _index.Put("too late", "1", IndexSteps.Extent()).Refusal);
        Assert.Equal(IndexRefusal.StalePlacement, _index.Put("from the future", "1", IndexSteps.Extent() with { Born = Generations.NamedWithin + 2 }).Refusal);
        Assert.True(_index.Put("copy", "1", old, IndexSteps.Extent() with { Born = 1 }).Done);
    }

    [Fact]
    public void All_extents_of_a_group_can_be_paged_through()
    {
        var wanted = Enumerable.Range(0, 25).Select(_ => IndexSteps.Extent(group: 9)).ToArray();
        foreach (var extent in wanted)
        {
            _index.Put($"k{extent.Blob}", "1", extent, IndexSteps.Extent(group: 8));
        }

        var found = new List<Extent>();
        Guid? after = Guid.Empty;
        while (after is { } from)
        {
            var page = _index.State.Live.Page(9, from, 4);
            found.AddRange(page.Extents);
            after = page.Next;
        }

        Assert.Equal(wanted.OrderBy(extent => extent.Blob), found);
    }

    [Fact]
    public void More_extents_than_may_be_are_refused()
    {
        var index = new IndexSteps(IndexLimits.Default with { Extents = 2 });
        Assert.Equal(IndexRefusal.Full, index.Put("k", "1", IndexSteps.Extent(), IndexSteps.Extent(), IndexSteps.Extent()).Refusal);
        Assert.True(index.Put("k", "1", IndexSteps.Extent(), IndexSteps.Extent()).Done);
    }
}
