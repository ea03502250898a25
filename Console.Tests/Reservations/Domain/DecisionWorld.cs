using System.Collections.Immutable;
using System.Text.Json;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Placement;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Tests.Reservations;

/// <summary>A row's world: the file's, with what the row changes.</summary>
internal sealed class DecisionWorld
{
    private readonly JsonElement _world;
    private readonly JsonElement _changes;

    public DecisionWorld(JsonElement world, JsonElement changes)
    {
        (_world, _changes) = (world, changes);
        States.Fleet = new RegionFleet("r1") { Hosts = HostDictionary<Host>.Of(Of("hosts").EnumerateObject().Select(Host), host => host.Id) };
        States.Cord = Of("cord").GetString() == "Open" ? new() : new() { Epoch = 1, InForce = [new("c-1", Scope.Global, CordMode.Halt, "person:x", "smoke", Now, 1)] };
        var sets = Of("sets").EnumerateObject().Select(set => new PlacedSet(set.Name, [.. Strings(set.Value.GetProperty("hosts"))], set.Value.GetProperty("k").GetInt32())).ToImmutableArray();
        var survive = Policy("survive").EnumerateArray().Select(one => new SurviveScenario(one.GetProperty("azLost").GetInt32() > 0, one.GetProperty("extraFailures").GetInt32())).ToImmutableArray();
        var placement = Of("placement");
        var placed = new PlacedSets(placement.GetProperty("epoch").GetInt64(), Now.AddSeconds(-placement.GetProperty("ageSeconds").GetDouble()), survive, sets);
        var authority = new PlacedSetsAuthority("placement", placed) { Conflicts = Strings(Of("serviceConflicts")).ToImmutableDictionary(host => host, _ => "repair") };
        Decider = new(new OneAuthority(Of("serviceReachable").GetBoolean() ? authority : new ScriptedAuthority(_ => SafetyAnswer.None("no answer"))));
        States.Held = Held();
    }

    public FixedStates States { get; } = new();

    public ReservationDecider Decider { get; }

    public DateTimeOffset Now { get; } = new(2026, 1, 5, 3, 0, 0, TimeSpan.Zero);

    private RegionReservations Held()
    {
        var held = new RegionReservations("r1");
        foreach (var reserved in Of("reserved").EnumerateObject())
        {
            var by = Strings(reserved.Value).ToArray();
            held = Granted(held, reserved.Name, by[0], by[1]);
        }

        foreach (var suspect in Strings(Of("suspect")))
        {
            held = Decider.Apply(Granted(held, suspect, "before", $"before-{suspect}"), new HostsSuspect([new(suspect, 1)], "its lease ran out"), Now);
        }

        var casualties = Of("casualties").GetInt32();
        return held with
        {
            Pace = GrantPace.None.Add(Of("granted_last_hour").GetInt32(), Now),
            Policy = new()
            {
                AzSerial = Policy("azSerial").GetBoolean(),
                ActiveAz = Policy("activeAz").GetString(),
                MaxOfflinePerAz = Policy("maxOfflinePerAz").GetInt32(),
                OfflineShare = 1,
                MaxReservedRegion = Policy("maxReservedRegion").GetInt32(),
                MaxPerRack = Policy("maxPerRack").GetInt32(),
                VelocityPerHour = Policy("velocityPerHour").GetInt32(),
                CasualtyBudget = Policy("casualtyBudget").GetInt32() - casualties + held.Casualties,
                PlacementMaxAge = TimeSpan.FromSeconds(Policy("placementMaxAgeSeconds").GetDouble()),
            },
        };
    }

    private RegionReservations Granted(RegionReservations held, string host, string by, string request)
    {
        var known = States.Fleet.Hosts[host];
        return Decider.Apply(
            held,
            new ReservationsGranted(request, new(WorkerKind.PlannedAutomation, $"person:{by}"), [new(ActivityKind.Software)], "because", null, null, Now.AddMinutes(30), 0, [new(host, known.Az, known.Rack, known.InstanceType, known.Service, 1, 7, null)], null),
            Now);
    }

    private JsonElement Of(string name) => _changes.TryGetProperty(name, out var changed) ? changed : _world.GetProperty(name);

    private JsonElement Policy(string name) =>
        _changes.TryGetProperty("policy", out var policy) && policy.TryGetProperty(name, out var changed) ? changed : _world.GetProperty("policy").GetProperty(name);

    private static IEnumerable<string> Strings(JsonElement list) => list.EnumerateArray().Select(one => one.GetString()!);

    private static Host Host(JsonProperty host)
    {
        string Text(string name) => host.Value.GetProperty(name).GetString()!;
        return new Host(host.Name, "p1", "r1", Text("az"), Text("rack"), HostRole.Storage, "storage", Text("model"), 0, HostDriver.Simulated)
        {
            State = Text("state") switch { "InService" => HostState.InService, "ReadOnly" => HostState.ReadOnly, _ => HostState.Casualty },
        };
    }
}
