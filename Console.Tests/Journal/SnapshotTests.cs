using System.Collections.Immutable;
using System.Text.Json;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Journal.Sqlite;

namespace OpsConsole.Tests.Journal;

public sealed class SnapshotTests : IDisposable
{
    private const string Region = "eu-west-1";
    private readonly JournalFolder _folder = new();

    /// <summary>Whatever the events, a state written and read back goes on exactly as the state itself would.</summary>
    [Fact]
    public void A_fold_from_a_snapshot_is_the_fold()
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            var random = new Random(seed);
            foreach (var (family, stream, events) in new[] { (JournalFolder.Families[1], new StreamId($"fleet/{Region}"), FleetEvents(random)), (JournalFolder.Families[0], CordStreams.Only, CordEvents(random)) })
            {
                var (whole, cut) = (family.Initial(stream), family.Initial(stream));
                var at = random.Next(events.Count);
                for (var i = 0; i < events.Count; i++)
                {
                    whole = family.Apply(whole, events[i], Time(i));
                    cut = family.Apply(cut, events[i], Time(i));
                    cut = i == at ? SnapshotCode.Read(SnapshotCode.Write(cut, family.StateType), family.StateType) : cut;
                }

                Assert.True(Canonical(whole) == Canonical(cut), $"seed {seed}, {stream}, snapshot after event {at + 1} of {events.Count}");
            }
        }
    }

    [Fact]
    public async Task A_start_uses_the_snapshot_and_the_events_after_it()
    {
        await using (var journal = _folder.Open())
        {
            await _folder.AppendAsync(journal, "cord", 0, 20);
            await journal.SaveSnapshotAsync(CordStreams.Only, 15, new CordState { Epoch = 42 });
        }

        await using var again = _folder.Open();
        var loaded = await JournalFolder.LoadAsync(again);
        Assert.Equal(42, Assert.IsType<CordState>(loaded[0].State).Epoch);
        Assert.Equal([16L, 17, 18, 19, 20], loaded.Skip(1).Select(one => one.Version));
    }

    [Theory]
    [InlineData("UPDATE snapshots SET state = x'1f8b' WHERE version = 15", 10)]
    [InlineData("UPDATE snapshots SET hash = zeroblob(32) WHERE version = 15", 10)]
    [InlineData("UPDATE snapshots SET state = zeroblob(9)", 0)]
    public async Task A_snapshot_that_cannot_be_read_is_passed_over_and_the_fold_starts_earlier(string damage, long from)
    {
        await using (var journal = _folder.Open())
        {
            await _folder.AppendAsync(journal, "cord", 0, 20);
            foreach (var version in new[] { 5, 10, 15 })
            {
                await journal.SaveSnapshotAsync(CordStreams.Only, version, new CordState { Epoch = version });
            }
        }

        Assert.Equal(2, _folder.Number("SELECT COUNT(*) FROM snapshots"));
        _folder.Sql(damage);
        await using var again = _folder.Open();
        var loaded = await JournalFolder.LoadAsync(again);
        Assert.Equal(from, loaded.Where(one => one.State is not null).Select(one => one.Version).FirstOrDefault());
        Assert.Equal(20 - from, loaded.Count(one => one.Event is not null));
    }

    [Fact]
    public async Task A_clean_end_leaves_nothing_to_fold()
    {
        await using (var journal = _folder.Open())
        {
            var states = new StreamStates(JournalFolder.Families);
            var path = new CommandPath(journal, states, [], _folder.Clock);
            Assert.True((await path.SendAsync(new(new PullCord(Scope.Global, CordMode.Halt), Actor.Person("ada", Role.Admin), "p99 doubled"))).Accepted);
            using var keeper = new JournalKeeper(journal, states, _folder.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<JournalKeeper>.Instance);
            await keeper.TakeSnapshotsAsync(default);
        }

        await using var again = _folder.Open();
        var loaded = Assert.Single(await JournalFolder.LoadAsync(again));
        Assert.Single(Assert.IsType<CordState>(loaded.State).InForce);
    }

    public void Dispose() => _folder.Dispose();

    private static DateTimeOffset Time(int i) => new DateTimeOffset(2026, 1, 5, 3, 0, 0, TimeSpan.Zero).AddSeconds(i);

    /// <summary>Names sorted, so that the order inside unordered collections does not count.</summary>
    private static string Canonical(object state)
    {
        return Sorted(JsonSerializer.SerializeToElement(state, state.GetType(), EventTypes.Json));

        static string Sorted(JsonElement element) =>
            element.ValueKind switch
            {
                JsonValueKind.Object => "{" + string.Join(",", element.EnumerateObject().OrderBy(one => one.Name, StringComparer.Ordinal).Select(one => $"{one.Name}:{Sorted(one.Value)}")) + "}",
                JsonValueKind.Array => "[" + string.Join(",", element.EnumerateArray().Select(Sorted).Order(StringComparer.Ordinal)) + "]",
                _ => element.GetRawText(),
            };
    }

    private static List<IEvent> FleetEvents(Random random)
    {
        var hosts = Enumerable.Range(0, 12).Select(i => new Host($"h{i}", "commercial", Region, $"{Region}{"abc"[i % 3]}", $"r{i % 2}", (HostRole)(i % 3), "web", "m1", i, (HostDriver)(i % 3)) { Validator = i == 0, Release = i % 2 == 0 ? "1.0" : null }).ToImmutableArray();
        var events = new List<IEvent> { new HostsPlaced("commercial", hosts, []) };
        var state = new FleetDecider().Apply(new RegionFleet(Region), events[0], Time(0));
        for (var i = 1; i < 40; i++)
        {
            var host = hosts[random.Next(hosts.Length)];
            var active = state.ActiveVisits.OrderBy(visit => visit.Host, StringComparer.Ordinal).ToArray();
            IEvent next = (random.Next(4), active) switch
            {
                (0, { Length: > 0 }) => new VisitsFailed([new(active[0].Host, active[0].Id, "no reply \"in\" time")]),
                (1, { Length: > 0 }) => new VisitsCancelled([active[0].Host], "aborted"),
                (2 or 3, { Length: > 0 }) => new StepsDone([new(active[^1].Host, active[^1].CommandId, active[^1].Token, true, "2.0", null)]),
                _ => new VisitsBegan([new Visit($"v{i}", host.Id, (VisitPurpose)random.Next(2), "2.0", "sha256:00", "r1", state.Hosts[host.Id].Token + 1, Time(i), Time(i + 600)) { StepSince = Time(i) }]),
            };
            if (next is VisitsBegan && active.Any(visit => visit.Host == host.Id))
            {
                continue;
            }

            state = new FleetDecider().Apply(state, next, Time(events.Count));
            events.Add(next);
        }

        return events;
    }

    private static List<IEvent> CordEvents(Random random) =>
        [.. Enumerable.Range(1, 20).Select(i => random.Next(4) switch
        {
            0 => (IEvent)new CordReleased($"c-{random.Next(1, i + 1)}", "person:bob", "mended", i),
            1 => new CordReleaseProposed($"c-{random.Next(1, i + 1)}", "person:bob", "mended"),
            2 => new SecondPersonSet(random.Next(2) == 0),
            _ => new CordPulled($"c-{i}", random.Next(2) == 0 ? Scope.Global : Scope.OfAz("eu-west-1a", Region, "commercial"), (CordMode)random.Next(3), "person:ada", "näh\u2028\"", i),
        })];
}
