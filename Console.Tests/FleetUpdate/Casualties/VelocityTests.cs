using FsCheck.Fluent;
using OpsConsole.Domain.FleetUpdate.Casualties;
using OpsConsole.Tests.Alarms.Judge;
using Xunit.Abstractions;

namespace OpsConsole.Tests.FleetUpdate.Casualties;

public sealed class VelocityTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset T0 = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly VelocityPolicy Policy = new(4, 1, 32);

    [Fact]
    public void The_first_host_goes_alone_and_the_next_when_its_token_comes()
    {
        var velocity = Velocity.Begin(Policy, T0);
        Assert.Equal(1, velocity.Available(T0));
        velocity = velocity.Take(1, T0)!;
        Assert.Null(velocity.Take(1, T0.AddMinutes(14)));
        Assert.Equal(T0.AddMinutes(15), velocity.Next(T0));
        Assert.NotNull(velocity.Take(1, velocity.Next(T0)!.Value));
    }

    [Fact]
    public void It_doubles_after_clean_bakes_halves_at_warnings_and_keeps_its_bounds()
    {
        var velocity = Velocity.Begin(Policy, T0);
        Assert.Equal([8, 16, 32, 32], Enumerable.Range(0, 4).Select(_ => (velocity = velocity.AfterCleanBake(T0)).PerHour));
        Assert.Equal([16, 8, 4, 2, 1, 1], Enumerable.Range(0, 6).Select(_ => (velocity = velocity.AfterWarning(T0)).PerHour));
    }

    [Fact]
    public void Halted_it_stays_until_a_person_resumes()
    {
        var halted = Velocity.Begin(Policy, T0).AfterHalt(T0);
        Assert.True(halted.AfterCleanBake(T0.AddHours(9)).Halted);
        Assert.Equal((0, null), (halted.Available(T0.AddDays(9)), halted.Next(T0.AddDays(9))));
        Assert.Equal((Policy.First, 1), (halted.Resume(T0.AddDays(9)).PerHour, halted.Resume(T0.AddDays(9)).Available(T0.AddDays(9))));
    }

    [Fact]
    public void No_more_hosts_go_in_any_time_than_the_highest_pace_allows()
    {
        var steps = Gen.Choose(0, 5).SelectMany(what => Gen.Choose(-5, 40).Select(minutes => (what, minutes))).ArrayOf(60);
        Seeded.Holds(output, steps, all =>
        {
            var (velocity, now, latest, taken, most) = (Velocity.Begin(Policy, T0), T0, T0, 0, Policy.First);
            foreach (var (what, minutes) in all)
            {
                now = now.AddMinutes(minutes);
                latest = now > latest ? now : latest;
                velocity = what switch { 0 => velocity.AfterCleanBake(now), 1 => velocity.AfterWarning(now), _ => velocity };
                most = Math.Max(most, velocity.PerHour);
                if (what >= 2 && velocity.Take(velocity.Available(now), now) is { } left)
                {
                    taken += velocity.Available(now);
                    velocity = left;
                }
            }

            return taken <= 1 + (most * (latest - T0).TotalHours) + 1e-6;
        });
    }
}
