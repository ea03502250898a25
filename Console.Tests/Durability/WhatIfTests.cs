using System.Collections.Immutable;
using FsCheck.Fluent;
using OpsConsole.Domain.Durability;
using OpsConsole.Domain.Durability.Sets;
using OpsConsole.Domain.Placement;
using OpsConsole.Tests.Alarms.Judge;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Durability;

public sealed class WhatIfTests(ITestOutputHelper output)
{
    private static readonly ImmutableArray<string> Azs = ["za", "zb", "zc"];
    private static readonly StateTable Table = StateTable.Of(RedundancyCode.ReedSolomon(5, 4), new());
    private static readonly SetPlacement Placement = ClassPlacement.Of(Table.Code, Azs, Hosts(12), 8, 7)!;

    [Fact]
    public void A_generated_placement_spreads_every_set_over_azs_and_classes()
    {
        Assert.Null(Placement.Fault);
        Assert.Equal(32, Placement.Sets);
        for (var set = 0; set < Placement.Sets; set++)
        {
            var hosts = Placement.HostsOf(set).ToArray().Select(host => Placement.Hosts[host]).ToArray();
            Assert.All(hosts.GroupBy(host => host.Az), az => Assert.Equal(3, az.Select(host => host.Class).Distinct().Count()));
        }

        Assert.Equal(Placement.Members.AsEnumerable(), ClassPlacement.Of(Table.Code, Azs, Hosts(12), 8, 7)!.Members);
        Assert.Null(ClassPlacement.Of(Table.Code, Azs, Hosts(2), 8, 7));
    }

    [Fact]
    public void The_histogram_follows_hosts_that_go_and_come()
    {
        var moves = Gen.Choose(0, Placement.Hosts.Length - 1).SelectMany(host => Gen.Elements(true, false).Select(gone => (host, gone))).ArrayOf(80);
        Seeded.Holds(output, moves, all =>
        {
            var living = new LivingSets(Placement);
            foreach (var (host, gone) in all)
            {
                living.Turn(host, gone);
            }

            var counted = new int[StateTable.States];
            for (var set = 0; set < Placement.Sets; set++)
            {
                var alive = new int[3];
                foreach (var host in Placement.HostsOf(set))
                {
                    alive[Placement.Hosts[host].Az] += living.IsGone(host) ? 0 : 1;
                }

                counted[StateTable.Pack(alive[0], alive[1], alive[2])]++;
            }

            return living.Histogram.SequenceEqual(counted);
        }, tests: 60);
    }

    [Fact]
    public void What_would_be_lost_is_what_counting_shards_finds()
    {
        var losses = Gen.Choose(0, Placement.Hosts.Length - 1).ArrayOf(12).SelectMany(gone => Gen.Choose(0, Placement.Hosts.Length - 1).ArrayOf(14).Select(kill => (gone, kill)));
        Seeded.Holds(output, losses, world =>
        {
            var (gone, kill) = (world.gone.ToHashSet(), world.kill.Distinct().ToImmutableArray());
            var answer = WhatIf.Ask(Placement, gone, kill, Table, null);
            int Alive(int set, HashSet<int> without) => Placement.HostsOf(set).ToArray().Count(host => !without.Contains(host));
            HashSet<int> both = [.. gone, .. kill];
            var lost = Enumerable.Range(0, Placement.Sets).Where(set => Alive(set, gone) >= 5 && Alive(set, both) < 5).ToArray();
            return answer.Lost == lost.Length
                && answer.Evidence.Select(one => one.Set).SequenceEqual(lost.Take(WhatIf.MostEvidence))
                && answer.Evidence.All(one => one.Slack == Alive(one.Set, both) - 5 && one.Gone.Length == 9 - Alive(one.Set, both))
                && answer.Killed == kill.Count(host => !gone.Contains(host))
                && answer.After.Now.Missing == Enumerable.Range(0, Placement.Sets).Sum(set => 9 - Alive(set, both))
                && (answer.TimeToSteady is null) == Enumerable.Range(0, Placement.Sets).Any(set => Alive(set, both) < 5);
        }, tests: 100);
    }

    [Fact]
    public void An_az_gone_loses_nothing_and_an_az_and_two_hosts_of_a_set_do()
    {
        var (az, unknown) = new ImaginedLoss([], [], ["zb"]).In(Placement);
        Assert.Empty(unknown);
        Assert.Equal(12, az.Length);
        var answer = WhatIf.Ask(Placement, new HashSet<int>(), az, Table, new RepairPower(10, "assumed"));
        Assert.Equal((0, 12, 1), (answer.Lost, answer.Killed, answer.LeastSlackLeft));
        Assert.Equal(answer.Before.IfLost[1].ExpectedLost, answer.After.Now.ExpectedLost);
        Assert.Equal(TimeSpan.FromHours(18), answer.TimeToSteady);

        var first = Placement.HostsOf(0).ToArray().Where(host => Placement.Hosts[host].Az == 0).Take(2).Select(host => Placement.Hosts[host].Id);
        var (more, _) = new ImaginedLoss([.. first], [], ["zb"]).In(Placement);
        var worse = WhatIf.Ask(Placement, new HashSet<int>(), more, Table, null);
        Assert.Contains(worse.Evidence, lost => lost is { Set: 0, Slack: -1 });
        Assert.Null(worse.TimeToSteady);
    }

    [Fact]
    public void Racks_are_named_with_their_az_and_unknown_names_are_told()
    {
        var (hosts, unknown) = new ImaginedLoss(["zc-3", "nobody"], ["za/r1", "za/r9"], ["zz"]).In(Placement);
        Assert.Equal(["nobody", "za/r9", "zz"], unknown.AsEnumerable());
        Assert.All(hosts, host => Assert.True(Placement.Hosts[host] is { Az: 0, Rack: "r1" } or { Id: "zc-3" }));
        Assert.Equal(5, hosts.Length);
    }

    private static ImmutableArray<PlacedHost> Hosts(int perAz) =>
        [.. Azs.SelectMany((az, at) => Enumerable.Range(0, perAz).Select(place => new PlacedHost($"{az}-{place}", at, $"r{place / 4}", place % 9)))];
}
