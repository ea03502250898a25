using OpsConsole.Engine.Journal;

namespace OpsConsole.Tests.Journal;

public sealed class EarlyCollectionTests
{
    private readonly List<int> _collected = [];
    private readonly EarlyCollection _early;
    private int _collections;
    private long _allocated;

    public EarlyCollectionTests() =>
        _early = new(() => _collections, () => _allocated, generation =>
        {
            _collected.Add(generation);
            _collections++;
        });

    [Fact]
    public void Many_events_that_left_much_are_collected_after_and_each_second_time_the_generation_above_too()
    {
        for (var i = 0; i < 32; i++)
        {
            Commit(EarlyCollection.Events / 8, EarlyCollection.Bytes / 8);
        }

        Assert.Equal([0, 1, 0, 1], _collected);
    }

    [Fact]
    public void Much_that_came_of_few_events_is_left_to_the_collector()
    {
        for (var i = 0; i < 1_000; i++)
        {
            Commit(10, EarlyCollection.Bytes);
        }

        Assert.Empty(_collected);
    }

    [Fact]
    public void Many_events_that_left_little_are_no_reason()
    {
        for (var i = 0; i < 99; i++)
        {
            Commit(EarlyCollection.Events, EarlyCollection.Bytes / 100);
        }

        Assert.Empty(_collected);
    }

    [Fact]
    public void After_a_collection_of_the_collectors_own_it_begins_anew()
    {
        for (var i = 0; i < 32; i++)
        {
            Commit(EarlyCollection.Events / 8, EarlyCollection.Bytes / 8);
            _collections += i % 5 == 4 ? 1 : 0;
        }

        Assert.Empty(_collected);
    }

    private void Commit(int events, long bytes)
    {
        _allocated += bytes;
        _early.Committed(events);
    }
}
