using System.Diagnostics;
using System.Globalization;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Reservations.Contention;

/// <summary>Two people and three robots fight for the same hosts for an hour, while the cord is pulled and released, the engine dies, and answers get lost or come twice.</summary>
[Trait("Category", "Scenario")]
public sealed class ContentionScenarios(ITestOutputHelper output)
{
    private const int Seeds = 200;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly SortedDictionary<string, int> _denials = [];
    private int _grants, _expired, _pulls, _kills, _lost, _doubled, _forced;
    private long _events;

    [Fact]
    public async Task Nothing_is_given_out_twice_or_under_the_cord_and_no_set_falls_below_its_policy()
    {
        var (seeds, first) = (Setting("OPSCONSOLE_SEEDS", Seeds), Setting("OPSCONSOLE_SEED", 1));
        var began = Stopwatch.GetTimestamp();
        for (var seed = first; seed < first + seeds; seed++)
        {
            await HourAsync(seed);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seeds:N0} hours from seed {first}: {_events:N0} events, {_grants:N0} grants, {_expired:N0} hosts suspect, {_forced:N0} taken by force, {_pulls:N0} pulls, {_kills:N0} kills, {_lost:N0} answers lost, {_doubled:N0} calls doubled, {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s"));
        output.WriteLine(string.Join(", ", _denials.Select(denial => $"{denial.Key} {denial.Value:N0}")));
        if (seeds >= 50)
        {
            Assert.True(_grants > 0 && _expired > 0 && _pulls > 0 && _kills > 0 && _lost > 0 && _doubled > 0 && _forced > 0, "nothing befell them");
            Assert.All(["host-already-reserved", "emergency-cord-pulled", "az-not-active", "placement-conflict", "host-suspect", "rack-conflict", "insufficient-offline-capacity", "steady-tier-not-held", "insufficient-repair-capacity", "version-skew"], check => Assert.Contains($"reservation.{check}", _denials.Keys));
        }
    }

    private async Task HourAsync(int seed)
    {
        var random = new Random(seed);
        var world = new ContentionWorld(random);
        var admin = Actor.Person("admin", Role.Admin);
        await world.SendAsync(new PlaceHosts(RandomPlacement.Region, "p1", world.Placed.Hosts, []), admin);
        await world.SendAsync(new SetReservationPolicy(RandomPlacement.Region, new() { OfflineShare = 0.3, CasualtyBudget = random.Next(2, 8), ReleaseNeedsSample = random.Next(2) == 0 }), admin);
        Contender[] all =
        [
            new("ada", WorkerKind.Human, world, random), new("ben", WorkerKind.Human, world, random),
            new("patcher", WorkerKind.PlannedAutomation, world, random), new("flasher", WorkerKind.PlannedAutomation, world, random), new("healer", WorkerKind.Remediation, world, random),
        ];
        for (var end = world.Clock.GetUtcNow() + Hour; world.Clock.GetUtcNow() < end;)
        {
            world.KillAfter = random.Next(60) == 0 ? world.Events + random.Next(1, 4) : world.KillAfter;
            await all[random.Next(all.Length)].ActAsync();
            await all[random.Next(all.Length)].ActAsync();
            await OperatorsAsync(world, random, admin);
            await world.TickAsync(Step);
            Assert.True(world.Oracle.Breaches.Count == 0, $"seed {seed}: {string.Join("; ", world.Oracle.Breaches.Take(5))}");
        }

        (_grants, _expired, _pulls, _kills, _events) = (_grants + world.Oracle.Grants, _expired + world.Oracle.Expired, _pulls + world.Oracle.Pulls, _kills + world.Kills, _events + world.Events);
        foreach (var one in all)
        {
            (_lost, _doubled) = (_lost + one.Lost, _doubled + one.Doubled);
            foreach (var (code, count) in one.Denials)
            {
                _denials[code] = _denials.GetValueOrDefault(code) + count;
            }
        }
    }

    /// <summary>People at the console: the cord, forced releases, and what becomes of suspects.</summary>
    private async Task OperatorsAsync(ContentionWorld world, Random random, Actor admin)
    {
        var cord = world.States.Get<CordState>(CordStreams.Only);
        if (random.Next(40) == 0)
        {
            await world.SendAsync(new PullCord(random.Next(3) switch { 0 => Scope.Global, 1 => Scope.OfRegion(RandomPlacement.Region), _ => Scope.OfAz($"r1{"abc"[random.Next(3)]}") }, CordMode.Halt), admin);
        }
        else if (!cord.InForce.IsEmpty && random.Next(6) == 0)
        {
            await world.SendAsync(new ReleaseCord(cord.InForce[random.Next(cord.InForce.Length)].Id), admin);
        }

        var charged = world.Held.Charged.Values.OrderBy(one => one.Host, StringComparer.Ordinal).ToArray();
        if (charged.Length == 0 || random.Next(8) > 0)
        {
            return;
        }

        var one = charged[random.Next(charged.Length)];
        if (one.Live && random.Next(4) == 0)
        {
            await world.SendAsync(new ForceRelease(RandomPlacement.Region, one.Host), admin);
            _forced += (await world.SendAsync(new ForceRelease(RandomPlacement.Region, one.Host), Actor.Person("second", Role.Admin)))?.Accepted == true ? 1 : 0;
        }
        else if (!one.Live)
        {
            await world.SendAsync(random.Next(3) switch { 0 => new WriteOff(RandomPlacement.Region, one.Host), _ => new RebuildFinished(RandomPlacement.Region, one.Host, one.Token) }, admin);
        }
    }

    private static int Setting(string variable, int otherwise) => int.Parse(Environment.GetEnvironmentVariable(variable) ?? $"{otherwise}", CultureInfo.InvariantCulture);
}
