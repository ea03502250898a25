using System.Collections.Immutable;

namespace OpsConsole.Domain.Rollouts.Calendar;

/// <summary>A stretch of time in which the calendar says one and the same of a place.</summary>
/// <param name="To">Null where nothing changes any more within 400 days.</param>
internal sealed record Stretch(int Index, DateTimeOffset From, DateTimeOffset? To, bool Open);

/// <summary>What the calendar will say of one place, read once and kept: for who asks a million times.</summary>
internal sealed class CalendarAhead
{
    private readonly CalendarState _calendar;
    private readonly WorkPlace _place;
    private readonly string? _rollout;
    private readonly ImmutableArray<(ReadEntry Read, EntryAhead Ahead)> _entries;
    private readonly List<Stretch> _stretches = [];
    private readonly Dictionary<(int Began, int At, Overrun Least), bool> _mayGoOn = [];
    private Stretch _last;

    /// <param name="from">Nothing before it is asked.</param>
    /// <param name="shared">What entries do does not depend on the place, only on its zone.</param>
    public CalendarAhead(CalendarState calendar, WorkPlace place, string? rollout, DateTimeOffset from, Dictionary<(string Entry, string Zone), EntryAhead> shared)
    {
        (_calendar, _place, _rollout) = (calendar, place, rollout);
        var zone = calendar.ZoneOf(place);
        _entries = [.. ChangeCalendar.Read(calendar, place).Select(read => (read, Shared(read)))];
        _stretches.Add(_last = Next(0, from));

        EntryAhead Shared(ReadEntry read)
        {
            var key = (read.Entry.Id, read.Entry.Zone ?? zone);
            return shared.TryGetValue(key, out var known) ? known : shared[key] = new(read, from);
        }
    }

    public Stretch At(DateTimeOffset at)
    {
        if (_last.From <= at && (_last.To is not { } ends || at < ends))
        {
            return _last;
        }

        while (_stretches[^1].To is { } end && end <= at)
        {
            _stretches.Add(Next(_stretches.Count, end));
        }

        var (low, high) = (0, _stretches.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _stretches[middle].From <= at ? (middle, high) : (low, middle - 1);
        }

        return _last = _stretches[low];
    }

    /// <summary>As <see cref="ChangeCalendar.MayGoOn"/> says; within a stretch it says the same of every moment.</summary>
    public bool MayGoOn(DateTimeOffset began, DateTimeOffset at, Overrun least)
    {
        var key = (At(began).Index, At(at).Index, least);
        return _mayGoOn.TryGetValue(key, out var known) ? known : _mayGoOn[key] = ChangeCalendar.MayGoOn(_calendar, _place, _rollout, began, at, least);
    }

    private Stretch Next(int index, DateTimeOffset at)
    {
        DateTimeOffset? change = null;
        foreach (var moment in _entries.Select(entry => entry.Ahead.ChangeAfter(at)).Concat(_calendar.Overrides.SelectMany(one => new DateTimeOffset?[] { one.Since, one.Until })))
        {
            change = moment > at && (change is null || moment < change) ? moment : change;
        }

        return new(index, at, change, ChangeCalendar.Blocking(_calendar, [.. _entries.Select(entry => entry.Read)], _rollout, at).IsEmpty);
    }
}

/// <summary>When one entry begins and ends from a moment on, found as far as was asked.</summary>
internal sealed class EntryAhead(ReadEntry read, DateTimeOffset from)
{
    private readonly List<Span> _spans = [];
    private DateTimeOffset _known = from;
    private bool _ended = read.Broken is not null;

    /// <summary>The next beginning or end after a moment; null where there is none within 400 days.</summary>
    public DateTimeOffset? ChangeAfter(DateTimeOffset at)
    {
        while (!_ended && _known <= at)
        {
            Find();
        }

        foreach (var span in _spans.AsEnumerable().Reverse().TakeWhile(span => span.To > at).Reverse())
        {
            return span.From > at ? span.From : span.To == DateTimeOffset.MaxValue ? null : span.To;
        }

        return null;
    }

    private void Find()
    {
        var begins = read.Covering(_known) is not null ? _known : read.NextStart(_known);
        if (begins is not { } start)
        {
            _ended = true;
            return;
        }

        var end = read.EndOf(start) ?? DateTimeOffset.MaxValue;
        _spans.Add(new(start, end));
        (_known, _ended) = (end, end == DateTimeOffset.MaxValue);
    }
}
