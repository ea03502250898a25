using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Canaries.Scheduling;

namespace OpsConsole.Tests.Canaries;

public sealed class CanaryScheduleTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Turns_come_once_a_period_in_order_and_are_the_same_for_whoever_asks()
    {
        var random = new Random(7);
        for (var trial = 0; trial < 300; trial++)
        {
            var schedule = new CanarySchedule(TimeSpan.FromSeconds(random.Next(10, 3_600)), random.NextDouble() * CanarySchedule.MostJitter, random.Next());
            var (post, phase) = ($"p{trial}", random.NextDouble());
            var first = schedule.NewestTurn(post, phase, Start);
            for (var turn = first; turn < first + 20; turn++)
            {
                var (at, next) = (schedule.Turn(post, phase, turn), schedule.Turn(post, phase, turn + 1));
                Assert.Equal(at, schedule.Turn(post, phase, turn));
                Assert.InRange((next - at) / schedule.Period, 1 - schedule.Jitter, 1 + schedule.Jitter);
                Assert.Equal(turn, schedule.NewestTurn(post, phase, at));
                Assert.Equal(turn, schedule.NewestTurn(post, phase, next - TimeSpan.FromTicks(1)));
            }
        }
    }

    [Fact]
    public void Every_turn_is_due_exactly_once_and_what_nobody_took_is_counted_and_not_caught_up()
    {
        var random = new Random(11);
        for (var trial = 0; trial < 100; trial++)
        {
            var schedule = new CanarySchedule(TimeSpan.FromSeconds(random.Next(10, 120)), 0.1, trial);
            var (now, last) = (Start, schedule.NewestTurn("p", 0.3, Start));
            var (began, taken, missed) = (last, 0L, 0L);
            while (now < Start.AddMinutes(60))
            {
                now += TimeSpan.FromMilliseconds(random.Next(10) == 0 ? random.Next(300_000) : random.Next(900));
                var due = DueTurn.Of(schedule, "p", 0.3, last, now);
                if (due.Number is { } turn)
                {
                    Assert.True(due.Intended <= now);
                    Assert.Equal(now - due.Intended > DueTurn.LatestOf(schedule), due.TooLate);
                    (taken, missed, last) = (taken + 1, missed + due.Missed, turn);
                }

                Assert.Null(DueTurn.Of(schedule, "p", 0.3, last, now).Number);
            }

            Assert.Equal(last - began, taken + missed);
        }
    }

    /// <summary>2,340 posts a minute are 39 a second; places drawn by chance would give seconds of 60 and more.</summary>
    [Fact]
    public void Load_is_even_over_the_period_and_stays_so_when_posts_come_and_go()
    {
        var random = new Random(3);
        var posts = Enumerable.Range(0, 2_340).Select(number => $"post-{number}").ToList();
        var roll = Roll.Empty.With(posts);
        Assert.InRange(Busiest(roll, posts), 39, 43);
        for (var change = 0; change < 20; change++)
        {
            var before = roll;
            posts.RemoveAll(_ => random.Next(20) == 0);
            posts.AddRange(Enumerable.Range(0, 2_340 - posts.Count).Select(number => $"new-{change}-{number}"));
            roll = roll.With(posts);
            Assert.All(posts.Where(before.Places.ContainsKey), post => Assert.Equal(before.PhaseOf(post), roll.PhaseOf(post)));
            Assert.InRange(Busiest(roll, posts), 39, 43);
        }
    }

    [Fact]
    public void Retries_wait_as_their_policy_says_and_never_longer_than_its_cap()
    {
        static double?[] Waits(RetryKind kind) => [.. Enumerable.Range(0, 6).Select(retry => new RetryPolicy(kind, 4, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(7)).Before(retry)?.TotalSeconds)];
        Assert.Equal([null, null, null, null, null, null], Waits(RetryKind.None));
        Assert.Equal([null, 2, 2, 2, 2, null], Waits(RetryKind.Fixed));
        Assert.Equal([null, 2, 4, 6, 7, null], Waits(RetryKind.Linear));
        Assert.Equal([null, 2, 4, 7, 7, null], Waits(RetryKind.Exponential));
    }

    private static int Busiest(Roll roll, IEnumerable<string> posts) => posts.GroupBy(post => (int)(roll.PhaseOf(post) * 60)).Max(second => second.Count());
}
