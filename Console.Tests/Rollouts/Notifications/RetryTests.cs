using OpsConsole.Domain.Rollouts.Notifications;

namespace OpsConsole.Tests.Rollouts.Notifications;

public sealed class RetryTests
{
    [Fact]
    public void Pauses_grow_threefold_to_six_hours_and_chance_moves_them_by_a_fifth_at_most()
    {
        Assert.Equal([5, 15, 45, 135], Enumerable.Range(1, 4).Select(failed => (int)Math.Round(Retry.Pause(failed, 0.5).TotalSeconds)));
        for (var failed = 1; failed < Retry.MostAttempts; failed++)
        {
            var middle = Retry.Pause(failed, 0.5);
            Assert.InRange(Retry.Pause(failed, 0) / middle, 0.79, 0.81);
            Assert.InRange(Retry.Pause(failed, 1) / middle, 1.19, 1.21);
            Assert.True(middle <= TimeSpan.FromHours(6));
        }
    }

    [Fact]
    public void All_attempts_fit_into_a_day_and_fill_most_of_it()
    {
        var all = Enumerable.Range(1, Retry.MostAttempts - 1).Select(failed => Retry.Pause(failed, 0.5)).Aggregate(TimeSpan.Zero, (sum, pause) => sum + pause);
        Assert.InRange(all, TimeSpan.FromHours(20), Retry.GivenUpAfter);
    }

    [Theory]
    [InlineData(-5, 2)]
    [InlineData(7, int.MaxValue)]
    [InlineData(double.PositiveInfinity, 1)]
    public void Odd_chances_and_counts_give_no_odd_pauses(double chance, int failed) => Assert.InRange(Retry.Pause(failed, chance), TimeSpan.FromSeconds(4), TimeSpan.FromHours(7.3));
}
