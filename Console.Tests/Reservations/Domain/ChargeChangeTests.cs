using OpsConsole.Domain.Reservations;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Reservations.Domain;

public sealed class ChargeChangeTests(ITestOutputHelper output)
{
    [Fact]
    public void Between_any_two_states_lie_the_hosts_that_changed_whichever_came_of_which()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        List<(ChargeChange Change, HashSet<string> Charged)> states = [(ChargeChange.Unknown(), [])];
        for (var step = 0; step < 3_000; step++)
        {
            // Mostly on from the newest; at times from an older one, as what is decided and not kept leaves it.
            var (from, charged) = states[random.Next(50) == 0 ? random.Next(states.Count) : states.Count - 1];
            var host = $"h{random.Next(40)}";
            HashSet<string> after = [.. charged];
            _ = after.Remove(host) || after.Add(host);
            states.Add((from.Next(host), after));
        }

        for (var look = 0; look < 3_000; look++)
        {
            var (one, other) = (states[random.Next(states.Count)], states[random.Next(states.Count)]);
            var between = ChargeChange.Between(one.Change, other.Change);
            Assert.NotNull(between);
            Assert.Subset(between.ToHashSet(), one.Charged.Except(other.Charged).Concat(other.Charged.Except(one.Charged)).ToHashSet());
        }
    }

    [Fact]
    public void On_one_way_nothing_but_what_lies_between_is_named()
    {
        List<ChargeChange> states = [ChargeChange.Unknown()];
        for (var n = 0; n < 1_000; n++)
        {
            states.Add(states[^1].Next($"h{n}"));
        }

        foreach (var (from, to) in ((int, int)[])[(0, 0), (0, 1_000), (255, 257), (100, 100), (300, 901)])
        {
            var expected = Enumerable.Range(from, to - from).Select(n => $"h{n}").Order();
            Assert.Equal(expected, ChargeChange.Between(states[from], states[to])!.Order());
            Assert.Equal(expected, ChargeChange.Between(states[to], states[from])!.Order());
        }
    }

    [Fact]
    public void However_many_changes_there_were_the_newest_hang_together_and_the_oldest_are_forgotten()
    {
        var first = ChargeChange.Unknown();
        var (last, shortly) = (first, first);
        for (var n = 0; n < 100_000; n++)
        {
            shortly = n == 100_000 - (ChargeRow.Most * (ChargeRow.RowsKept - 1)) ? last : shortly;
            last = last.Next("h");
        }

        Assert.Equal(ChargeRow.Most * (ChargeRow.RowsKept - 1), ChargeChange.Between(shortly, last)!.Count);
        Assert.Null(ChargeChange.Between(first, last));
    }

    [Fact]
    public void States_of_two_beginnings_have_nothing_between_them()
    {
        Assert.Null(ChargeChange.Between(default, default));
        Assert.Null(ChargeChange.Between(ChargeChange.Unknown(), ChargeChange.Unknown().Next("h1")));
        Assert.Null(ChargeChange.Between(default, ChargeChange.Unknown()));
    }
}
