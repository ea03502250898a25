using System.Collections.Immutable;

namespace OpsConsole.Domain.Reservations;

/// <summary>A region's charges, counted in the ways limits ask for. Moved along with every change; it always equals what counting anew would give.</summary>
internal sealed class HoldTally
{
    private readonly ImmutableDictionary<Key, int> _counts;

    /// <summary>Live reservations by AZ, apart from the rest: every decision looks at all of them.</summary>
    private readonly ImmutableDictionary<string, int> _live;

    private HoldTally(ImmutableDictionary<Key, int> counts, ImmutableDictionary<string, int> live) => (_counts, _live) = (counts, live);

    private enum By
    {
        Az,
        AzService,
        Rack,
        Model,
        Service,
        Activity,
        Group,
        Trouble,
    }

    public static HoldTally Empty { get; } = new(ImmutableDictionary<Key, int>.Empty, ImmutableDictionary<string, int>.Empty);

    /// <summary>AZs with live reservations.</summary>
    public IEnumerable<string> AzsAtWork => _live.Keys;

    /// <summary>Suspect and written-off hosts.</summary>
    public int Casualties => Of(By.Trouble, "");

    public static HoldTally Of(IEnumerable<Reservation> charged)
    {
        var moves = Empty.Begin();
        foreach (var one in charged)
        {
            moves.Move(null, one);
        }

        return moves.End();
    }

    public int InAz(string az) => Of(By.Az, az);

    public int InAz(string az, string service) => Of(By.AzService, az, service);

    public int InRack(string az, string rack) => Of(By.Rack, az, rack);

    public int OfModel(string model) => Of(By.Model, model);

    public int OfService(string service) => Of(By.Service, service);

    public int OfActivity(ActivityKind kind) => Of(By.Activity, kind.ToString());

    /// <summary>Charged hosts that take a slot of the group.</summary>
    public int InGroup(string group) => Of(By.Group, group);

    /// <summary>Changes on their way: many at once cost one copy.</summary>
    public Moves Begin() => new(this);

    public bool Same(HoldTally other) => _counts.Count == other._counts.Count && _live.Count == other._live.Count && !_counts.Except(other._counts).Any() && !_live.Except(other._live).Any();

    private int Of(By by, string first, string second = "") => _counts.GetValueOrDefault(new(by, first, second));

    private readonly record struct Key(By By, string First, string Second);

    internal sealed class Moves
    {
        private readonly ImmutableDictionary<Key, int>.Builder _counts;
        private readonly ImmutableDictionary<string, int>.Builder _live;

        internal Moves(HoldTally from) => (_counts, _live) = (from._counts.ToBuilder(), from._live.ToBuilder());

        /// <param name="before">Null where the charge is new.</param>
        /// <param name="after">Null where it has ended.</param>
        public void Move(Reservation? before, Reservation? after)
        {
            if (before is not null)
            {
                Count(before, -1);
            }

            if (after is not null)
            {
                Count(after, 1);
            }
        }

        public HoldTally End() => new(_counts.ToImmutable(), _live.ToImmutable());

        private void Count(Reservation one, int by)
        {
            Add(_counts, new(By.Az, one.Az, ""), by);
            Add(_counts, new(By.AzService, one.Az, one.Service), by);
            Add(_counts, new(By.Rack, one.Az, one.Rack), by);
            Add(_counts, new(By.Model, one.Model, ""), by);
            Add(_counts, new(By.Service, one.Service, ""), by);
            foreach (var kind in one.Activities.Select(activity => activity.Kind).Distinct())
            {
                Add(_counts, new(By.Activity, kind.ToString(), ""), by);
            }

            if (one.Live)
            {
                Add(_live, one.Az, by);
            }
            else
            {
                Add(_counts, new(By.Trouble, "", ""), by);
            }

            // A suspect host keeps its slot: a lease that runs out is no room for the next host to go.
            if (one.Group is { } group)
            {
                Add(_counts, new(By.Group, group, ""), by);
            }
        }

        private static void Add<TKey>(ImmutableDictionary<TKey, int>.Builder counts, TKey key, int by)
            where TKey : notnull
        {
            var count = counts.GetValueOrDefault(key) + by;
            if (count == 0)
            {
                counts.Remove(key);
            }
            else
            {
                counts[key] = count;
            }
        }
    }
}
