using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Tests.Reservations;

/// <summary>What becomes of an answer that a second count contradicts.</summary>
public sealed class SecondCountTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 3, 0, 0, TimeSpan.Zero);
    private static readonly Host[] Hosts = [.. Enumerable.Range(0, 1_023).Select(n => new Host($"h{n:000}", "p", "r1", $"r1{"abc"[n % 3]}", "k", HostRole.Storage, "storage", "m1", 0, HostDriver.Simulated))];
    private static readonly PlacedSets Placement = new(1, null, [new(true, 0)], [.. Enumerable.Range(0, 1_023).Select(n => new PlacedSet($"s{n}", [.. Enumerable.Range(0, 6).Select(shard => Hosts[(n + shard) % Hosts.Length].Id)], 3))]);

    [Fact]
    public void About_one_answer_in_so_many_is_counted_again()
    {
        var second = new SecondCount();
        var authority = new PlacedSetsAuthority("placement", Placement, second);
        Assert.All(Hosts, host => Assert.Equal(0, authority.Ask(Question(host)).Slack));
        Assert.InRange(second.Counted, Hosts.Length / SecondCount.OneIn / 4, Hosts.Length / SecondCount.OneIn * 4);
        Assert.Equal(0, second.Differed);
    }

    [Fact]
    public void An_answer_with_another_slack_is_contradicted_in_words()
    {
        var second = new SecondCount();
        var question = Question(Hosts[5]);
        var right = new PlacedSetsAuthority("placement", Placement).Ask(question);
        Assert.Null(second.Contradicts(Placement, question, right, Placement.Survive));
        var differs = second.Contradicts(Placement, question, right with { Slack = right.Slack + 1 }, Placement.Survive);
        Assert.Equal("h005: 1 shards to spare by one count, 0 by another, at placement 1", differs);
        Assert.Equal((2, 1, differs), (second.Counted, second.Differed, second.Last));
    }

    private static readonly RegionFleet Fleet = new("r1") { Hosts = HostDictionary<Host>.Of(Hosts, one => one.Id) };

    private static SafetyQuestion Question(Host host) =>
        new(new RegionReservations("r1"), Fleet, host, SafetyTier.Maintenance, Now) { Missing = ImmutableHashSet<string>.Empty };
}
