using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;

namespace OpsConsole.Tests.Reservations.Contention;

/// <summary>A person or a robot who wants hosts, over a line that loses answers and delivers some calls twice.</summary>
internal sealed class Contender(string name, WorkerKind kind, ContentionWorld world, Random random)
{
    private readonly Dictionary<string, long> _mine = [];
    private readonly List<RequestReservations> _unanswered = [];
    private readonly Queue<ICommand> _late = new();
    private int _requests;

    public Actor Actor { get; } = Actor.Person(name, Role.Admin);

    public int Lost { get; private set; }

    public int Doubled { get; private set; }

    public Dictionary<string, int> Denials { get; } = [];

    public async Task ActAsync()
    {
        if (_late.Count > 0 && random.Next(3) == 0)
        {
            await world.SendAsync(_late.Dequeue(), Actor);
        }

        if (_unanswered.Count > 0 && random.Next(2) == 0)
        {
            var again = _unanswered[^1];
            _unanswered.RemoveAt(_unanswered.Count - 1);
            await AskAsync(again);
        }
        else if (_mine.Count == 0 || random.Next(4) == 0)
        {
            await AskAsync(Wish());
        }
        else
        {
            await WorkAsync();
        }
    }

    private RequestReservations Wish()
    {
        ImmutableArray<string> hosts = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => $"{"aaabc"[random.Next(5)]}{random.Next(12)}").Distinct()];
        return new(RandomPlacement.Region, $"{name}-{++_requests}", hosts, kind, [Work((ActivityKind)random.Next(6))], TimeSpan.FromSeconds(random.Next(30, 900))) { Max = random.Next(2) == 0 ? random.Next(1, hosts.Length + 1) : null };
    }

    private static Activity Work(ActivityKind kind) => new(kind, Artifact: kind == ActivityKind.Software ? RandomPlacement.NewRelease : null);

    private async Task AskAsync(RequestReservations request)
    {
        var answer = await world.RequestAsync(request, Actor);
        if (random.Next(12) == 0)
        {
            Doubled++;
            _late.Enqueue(request);
        }

        if (answer is null || random.Next(10) == 0)
        {
            Lost++;
            _unanswered.Add(request);
            return;
        }

        foreach (var one in answer.Granted)
        {
            _mine[one.Host] = one.Token;
        }

        if (answer.Result.Rejection is { } refused)
        {
            Denials[refused.Code] = Denials.GetValueOrDefault(refused.Code) + 1;
        }
    }

    private async Task WorkAsync()
    {
        var (host, token) = _mine.ElementAt(random.Next(_mine.Count));
        var state = world.Held.Charged.TryGetValue(host, out var held) && held.Token == token ? held.State : (ReservationState?)null;
        ICommand next = random.Next(10) switch
        {
            0 => new RenewReservation(RandomPlacement.Region, host, token, TimeSpan.FromSeconds(random.Next(30, 600))),
            1 => new ReleaseReservation(RandomPlacement.Region, host, token, HostHealth.Unhealthy),
            2 => new AdvanceReservation(RandomPlacement.Region, host, token, (ReservationState)random.Next(1, 5)),
            _ => state switch
            {
                ReservationState.Granted => new AdvanceReservation(RandomPlacement.Region, host, token, ReservationState.Draining),
                ReservationState.Draining => new AdvanceReservation(RandomPlacement.Region, host, token, ReservationState.Executing),
                ReservationState.Executing or ReservationState.Restoring => new AdvanceReservation(RandomPlacement.Region, host, token, ReservationState.Verifying),
                ReservationState.Suspect => new ProveHealthy(RandomPlacement.Region, host, token, new(100, random.Next(4) == 0 ? 1 : 0)),
                _ => new ReleaseReservation(RandomPlacement.Region, host, token, HostHealth.Healthy),
            },
        };
        var answer = await world.SendAsync(next, Actor);
        if (random.Next(12) == 0)
        {
            Doubled++;
            _late.Enqueue(next);
        }

        if (answer is null || random.Next(10) == 0)
        {
            Lost++;
        }
        else if (random.Next(25) == 0 || answer.Rejection?.Code is "reservation.none" or "reservation.stale-fencing-token" or "reservation.written-off" || (answer.Accepted && next is ReleaseReservation { Health: HostHealth.Healthy } or ProveHealthy))
        {
            // Given back, taken away, or simply forgotten: its lease runs out.
            _mine.Remove(host);
        }
    }
}
