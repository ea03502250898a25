using OpsConsole.Domain.ProvingGround.History;
using static OpsConsole.Domain.ProvingGround.History.OperationKind;

namespace OpsConsole.Tests.ProvingGround.History;

public sealed class LinearizabilityTests
{
    private const long Never = KeyOperation.Never;

    [Fact]
    public void A_read_sees_the_last_write_before_it()
    {
        Assert.Equal(HistoryOutcome.Fine, Outcome(new(Write, "a", 0, 1), new(Read, "a", 2, 3), new(Write, "b", 4, 5), new(Read, "b", 6, 7)));
    }

    [Fact]
    public void A_stale_read_is_found()
    {
        Assert.Equal(HistoryOutcome.Broken, Outcome(new(Write, "a", 0, 1), new(Write, "b", 2, 3), new(Read, "a", 4, 5)));
    }

    [Fact]
    public void A_lost_write_is_found()
    {
        Assert.Equal(HistoryOutcome.Broken, Outcome(new(Write, "a", 0, 1), new(Read, null, 2, 3)));
    }

    [Fact]
    public void A_value_nobody_wrote_is_found()
    {
        Assert.Equal(HistoryOutcome.Broken, Outcome(new(Write, "a", 0, 1), new(Read, "A", 2, 3)));
    }

    [Fact]
    public void While_a_write_is_open_readers_may_see_either_but_not_go_back()
    {
        Assert.Equal(HistoryOutcome.Fine, Outcome(new(Write, "a", 0, 1), new(Write, "b", 2, 9), new(Read, "a", 3, 4), new(Read, "b", 5, 6)));
        Assert.Equal(HistoryOutcome.Broken, Outcome(new(Write, "a", 0, 1), new(Write, "b", 2, 9), new(Read, "b", 3, 4), new(Read, "a", 5, 6)));
    }

    [Fact]
    public void A_write_without_an_answer_may_happen_late_or_never_but_not_twice()
    {
        Assert.Equal(HistoryOutcome.Fine, Outcome(new(Write, "a", 0, 1), new(Write, "b", 2, Never), new(Read, "a", 3, 4), new(Read, "b", 5, 6)));
        Assert.Equal(HistoryOutcome.Fine, Outcome(new(Write, "a", 0, 1), new(Write, "b", 2, Never), new(Read, "a", 3, 4)));
        Assert.Equal(HistoryOutcome.Broken, Outcome(new(Write, "a", 0, 1), new(Write, "b", 2, Never), new(Read, "b", 3, 4), new(Write, "c", 5, 6), new(Read, "b", 7, 8)));
    }

    [Fact]
    public void A_deletion_without_an_answer_explains_one_read_of_nothing()
    {
        Assert.Equal(HistoryOutcome.Fine, Outcome(new(Write, "a", 0, 1), new(Delete, null, 2, Never), new(Read, null, 3, 4)));
        Assert.Equal(HistoryOutcome.Broken, Outcome(new(Write, "a", 0, 1), new(Delete, null, 2, Never), new(Read, null, 3, 4), new(Write, "b", 5, 6), new(Read, null, 7, 8)));
    }

    [Fact]
    public void It_says_the_same_as_trying_every_order()
    {
        var random = new Random(71);
        var broken = 0;
        for (var round = 0; round < 1_500; round++)
        {
            var history = Enumerable.Range(0, random.Next(2, 7)).Select(i => Any(random, i)).ToArray();
            var fine = EveryOrder.Explains(history);
            broken += fine ? 0 : 1;
            Assert.True(fine == (Outcome(history) == HistoryOutcome.Fine), $"seed 71, round {round}: {string.Join("; ", history.Select(one => one.ToString()))}");
        }

        Assert.InRange(broken, 150, 1_350);
    }

    [Fact]
    public void Long_histories_with_many_open_operations_are_judged_and_one_stale_read_in_them_is_found()
    {
        var random = new Random(72);
        var (history, value, clock) = (new List<KeyOperation>(), (string?)null, 0L);
        for (var i = 0; i < 5_000; i++)
        {
            clock += 10;
            var kind = (OperationKind)random.Next(3);
            value = kind switch { Write => $"v{i}", Delete => null, _ => value };
            var lost = kind != Read && random.Next(50) == 0;
            history.Add(new(kind, value, clock - random.Next(1, 40), lost ? Never : clock + random.Next(1, 40)));
        }

        Assert.Equal(HistoryOutcome.Fine, Linearizability.Check(history).Outcome);
        var written = history.First(one => one is { Kind: Write, Answered: true }).Value;
        var verdict = Linearizability.Check([.. history, new(Write, "last", clock + 100, clock + 101), new(Read, written, clock + 102, clock + 103)]);
        Assert.Equal(HistoryOutcome.Broken, verdict.Outcome);
        Assert.Contains($"Read {written}", verdict.Evidence, StringComparison.Ordinal);
    }

    private static HistoryOutcome Outcome(params KeyOperation[] history) => Linearizability.Check(history).Outcome;

    private static KeyOperation Any(Random random, int number)
    {
        var kind = (OperationKind)random.Next(3);
        var began = random.Next(20);
        var value = kind switch { Write => $"w{number}", Delete => null, _ => random.Next(4) == 0 ? null : $"w{random.Next(4)}" };
        return new(kind, value, began, kind != Read && random.Next(5) == 0 ? Never : began + random.Next(1, 12));
    }
}
