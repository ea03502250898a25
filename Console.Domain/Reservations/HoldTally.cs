using System.Collections.Immutable;

namespace OpsConsole.Domain.Reservations;

/// <summary>A region's charges, counted in the ways limits ask for. Moved along with every change; it always equals what counting anew would give.</summary>
internal sealed class HoldTally
{
    private readonly TallyPlaces _places;
    private readonly TallyCounts _counts;

    /// <summary>By group: their names are the callers' choice, so each is forgotten with its last host.</summary>
    private readonly ImmutableDictionary<string, int> _groups;

    private HoldTally(TallyPlaces places, TallyCounts counts, ImmutableDictionary<string, int> groups) => (_places, _counts, _groups) = (places, counts, groups);

    /// <summary>Suspect and written-off hosts.</summary>
    public int Casualties => Of(TallyBy.Trouble, "");

    public static HoldTally Of(IEnumerable<Reservation> charged)
    {
        var moves = new HoldTally(new(), TallyCounts.None, ImmutableDictionary<string, int>.Empty).Begin();
        foreach (var one in charged)
        {
            moves.Move(null, one);
        }

        return moves.End();
    }

    public int InAz(string az) => Of(TallyBy.Az, az);

    public int InAz(string az, string service) => Of(TallyBy.AzService, az, service);

    public int InRack(string az, string rack) => Of(TallyBy.Rack, az, rack);

    public int OfModel(string model) => Of(TallyBy.Model, model);

    public int OfService(string service) => Of(TallyBy.Service, service);

    public int OfActivity(ActivityKind kind) => Of(TallyBy.Activity, NameOf(kind));

    /// <summary>Charged hosts that take a slot of the group. A suspect one keeps its slot: a lease that runs out is no room for the next host to go.</summary>
    public int InGroup(string group) => _groups.GetValueOrDefault(group);

    /// <summary>Another AZ with live reservations; null for none.</summary>
    public string? AtWorkBeside(string az)
    {
        foreach (var (other, place) in _places.Live)
        {
            if (other != az && _counts[place] > 0)
            {
                return other;
            }
        }

        return null;
    }

    /// <summary>Changes on their way: many at once cost one copy.</summary>
    public Moves Begin() => new(this);

    public bool Same(HoldTally other) =>
        _groups.Count == other._groups.Count && !_groups.Except(other._groups).Any()
        && _places.All.Concat(other._places.All).All(key => CountOf(key) == other.CountOf(key));

    private static string NameOf(ActivityKind kind) => Enum.GetName(kind) ?? "";

    private int Of(TallyBy by, string first, string second = "") => CountOf(new(by, first, second));

    private int CountOf(TallyKey key) => _places.Find(key) is { } place ? _counts[place] : 0;

    internal sealed class Moves
    {
        private readonly TallyPlaces _places;
        private readonly TallyCounts.Builder _counts;
        private ImmutableDictionary<string, int> _groups;

        internal Moves(HoldTally from) => (_places, _counts, _groups) = (from._places, from._counts.ToBuilder(), from._groups);

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

        public HoldTally End() => new(_places, _counts.ToCounts(), _groups);

        private void Count(Reservation one, int by)
        {
            Add(new(TallyBy.Az, one.Az, ""), by);
            Add(new(TallyBy.AzService, one.Az, one.Service), by);
            Add(new(TallyBy.Rack, one.Az, one.Rack), by);
            Add(new(TallyBy.Model, one.Model, ""), by);
            Add(new(TallyBy.Service, one.Service, ""), by);
            Add(one.Live ? new(TallyBy.Live, one.Az, "") : new(TallyBy.Trouble, "", ""), by);
            for (var i = 0; i < one.Activities.Length; i++)
            {
                if (!Earlier(one.Activities, i))
                {
                    Add(new(TallyBy.Activity, NameOf(one.Activities[i].Kind), ""), by);
                }
            }

            if (one.Group is { } group)
            {
                var count = _groups.GetValueOrDefault(group) + by;
                _groups = count == 0 ? _groups.Remove(group) : _groups.SetItem(group, count);
            }
        }

        /// <summary>Whether an activity of the same kind stands before it: a host is counted once for each kind.</summary>
        private static bool Earlier(ImmutableArray<Activity> activities, int index)
        {
            for (var i = 0; i < index; i++)
            {
                if (activities[i].Kind == activities[index].Kind)
                {
                    return true;
                }
            }

            return false;
        }

        private void Add(TallyKey key, int by) => _counts.Add(_places.Of(key), by);
    }
}
