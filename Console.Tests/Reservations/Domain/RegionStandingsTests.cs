using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Placement;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Reservations.Safety;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Reservations;

/// <summary>An authority that counts along beside one that counts member by member, over random histories that fork, go back and jump.</summary>
public sealed class RegionStandingsTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 3, 0, 0, TimeSpan.Zero);
    private static readonly HostState[] States = [HostState.InService, HostState.InService, HostState.ReadOnly, HostState.Casualty, HostState.InWork];

    [Fact]
    public void It_answers_as_if_it_had_counted_anew_wherever_the_question_comes_from()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var second = new SecondCount();
        var steady = 0;
        for (var world = 0; world < 20; world++)
        {
            var hosts = Enumerable.Range(0, 30).Select(n => new Host($"h{n:00}", "p", "r1", $"r1{"abc"[n % 3]}", $"k{n / 6}", HostRole.Storage, "storage", "m1", n % 5, HostDriver.Simulated)).ToArray();
            var sets = Enumerable.Range(0, 40).Select(n => n % 5 == 4 ? Local(random, hosts, n) : new PlacedSet($"s{n}", [.. random.GetItems(hosts, 9).Select(host => host.Id), .. random.Next(5) == 0 ? new[] { "gone" } : []], 1 + random.Next(3))).ToArray();
            var placement = new PlacedSets(1, null, [new(random.Next(2) > 0, random.Next(2))], [.. sets]) { Steady = random.Next(3) == 0 ? [] : [new(random.Next(2) > 0, random.Next(3))] };
            var remembering = new PlacedSetsAuthority("remembering", placement, second);
            IReadOnlySet<string> missing = ImmutableHashSet<string>.Empty;
            var versions = new List<(RegionReservations Held, RegionFleet Fleet)> { (new("r1"), new RegionFleet("r1") { Hosts = HostDictionary<Host>.Of(hosts, host => host.Id) }) };
            for (var step = 0; step < 300; step++)
            {
                var (held, fleet) = random.Next(8) == 0 ? versions[random.Next(versions.Count)] : versions[^1];
                (held, fleet) = Next(random, held, fleet, hosts, step);
                versions.Add((held, fleet));
                missing = random.Next(4) == 0 ? random.GetItems(hosts, random.Next(4)).Select(host => host.Id).ToHashSet() : missing;

                var question = new SafetyQuestion(held, fleet, fleet.Hosts[$"h{random.Next(hosts.Length):00}"], random.Next(3) == 0 ? SafetyTier.Emergency : SafetyTier.Maintenance, Now) { Missing = missing };
                Same(new PlacedSetsAuthority("anew", placement).Ask(question), remembering.Ask(question));
                Assert.Equal(BySlowWay(placement, question), remembering.Ask(question).Slack);
                Assert.Equal(SteadyBySlowWay(placement, question), remembering.Ask(question).Steady?.Set);
                steady += remembering.Ask(question).Steady is null ? 0 : 1;
            }
        }

        Assert.True(second is { Counted: > 0, Differed: 0 }, second.Last);
        Assert.True(steady > 0, "the steady tier always held");
    }

    private static (RegionReservations, RegionFleet) Next(Random random, RegionReservations held, RegionFleet fleet, Host[] hosts, int step)
    {
        var host = fleet.Hosts[random.GetItems(hosts, 1)[0].Id];
        return random.Next(8) switch
        {
            6 when held.Charged.Count > 0 => (ReservationFold.Apply(held, new HostsSuspect([new(held.Charged.Keys.Order(StringComparer.Ordinal).Last(), 1)], "its lease ran out"), Now), fleet),
            7 when held.Charged.Count > 0 => (ReservationFold.Apply(held, new ReservationRenewed(held.Charged.Keys.Order(StringComparer.Ordinal).Last(), 1, Now), Now), fleet),
            0 => (held, fleet with { Hosts = fleet.Hosts.SetItem(host.Id, host with { State = random.GetItems(States, 1)[0] }) }),
            1 when held.Charged.Count > 0 => (ReservationFold.Apply(held, new ReservationEnded(held.Charged.Keys.Order(StringComparer.Ordinal).First(), 1, ReservationEnd.Released), Now), fleet),
            2 when step % 60 == 0 => (held with { Charged = held.Charged.Clear() }, fleet),
            3 when step % 50 == 0 => (held, fleet with { Hosts = fleet.Hosts.SetItem($"n{step}", host with { Id = $"n{step}" }) }),
            _ => (ReservationFold.Apply(held, new ReservationsGranted($"q{step}", new((WorkerKind)(step % 3), "person:ada", null), [new(ActivityKind.OsPatch)], "because", null, null, Now.AddHours(1), 0, [new(host.Id, host.Az, host.Rack, host.InstanceType, host.Service, step + 1, 1, null)], null), Now), fleet),
        };
    }

    private static int? BySlowWay(PlacedSets placement, SafetyQuestion question)
    {
        var answer = new PlacedSetsAuthority("anew", placement).Ask(question);
        if (!placement.Knows(question.Host.Id) || answer.Objection is not null)
        {
            return answer.Slack;
        }

        var scenarios = question.Unhealthy ? [new SurviveScenario(false, 0)]
            : question.Tier == SafetyTier.Emergency ? placement.Survive.Select(scenario => new SurviveScenario(false, Math.Max(1, scenario.ExtraFailures)))
            : placement.Survive.AsEnumerable();
        return placement.SetsOf(question.Host.Id).Min(set => SetSlack.Of(set, LocalOf(set), question, [.. scenarios], othersToo: true));
    }

    private static string? SteadyBySlowWay(PlacedSets placement, SafetyQuestion question) =>
        question.Unhealthy || question.Tier == SafetyTier.Emergency || placement.Steady.IsEmpty ? null
            : placement.SetsOf(question.Host.Id).FirstOrDefault(set => SetSlack.Of(set, LocalOf(set), question with { Tier = SafetyTier.Steady }, placement.Steady, othersToo: true) < 0)?.Id;

    private static LocalRule? LocalOf(PlacedSet set) => set.Groups.IsEmpty ? null : LocalRule.Of(set.Hosts.Length, set.K, set.Groups);

    /// <summary>LRC(4,2,3).</summary>
    private static PlacedSet Local(Random random, Host[] hosts, int n)
    {
        var mixed = hosts.Select(host => host.Id).ToArray();
        random.Shuffle(mixed);
        return new($"s{n}", [.. mixed.Take(9)], 4) { Groups = [[0, 1, 4], [2, 3, 5]] };
    }

    private static void Same(SafetyAnswer expected, SafetyAnswer answer)
    {
        Assert.Equal((expected.Slack, expected.Objection?.Set, expected.Objection?.Slack, expected.Objection?.Never), (answer.Slack, answer.Objection?.Set, answer.Objection?.Slack, answer.Objection?.Never));
        Assert.Equal((expected.Steady?.Set, expected.Steady?.Slack, expected.Steady?.Never, string.Join(",", expected.Steady?.Blocking ?? [])), (answer.Steady?.Set, answer.Steady?.Slack, answer.Steady?.Never, string.Join(",", answer.Steady?.Blocking ?? [])));
        Assert.Equal(string.Join(",", expected.Objection?.Blocking ?? []), string.Join(",", answer.Objection?.Blocking ?? []));
    }
}
