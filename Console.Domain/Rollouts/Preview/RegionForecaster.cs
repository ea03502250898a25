using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Rollouts.Calendar;

namespace OpsConsole.Domain.Rollouts.Preview;

/// <summary>
/// One region's part of one stage, batch by batch, by the rules that <see cref="RunTick"/> decides by: a look before the first host, visits as many as
/// capacity allows, a bake, and before each beginning the change calendar.
/// </summary>
internal sealed class RegionForecaster
{
    private readonly ForecastShared _all;
    private readonly PlannedRegion _leg;
    private readonly int _stage;
    private readonly int _wave;
    private readonly bool _listed;
    private readonly List<BatchForecast> _batches = [];
    private readonly List<AzForecast> _azs = [];
    private int _back;
    private string _az = "";
    private DateTimeOffset _azSince;
    private DateTimeOffset _batchSince;
    private DateTimeOffset _letOn;
    private DateTimeOffset? _heldSince;
    private HoldForecast? _hold;
    private int _unbaked;
    private (string Az, CalendarAhead? Calendar) _ahead = ("", null);
    private bool? _bakesAreJudged;

    /// <param name="listed">Whether batches are listed one by one.</param>
    public RegionForecaster(ForecastShared all, PlannedRegion leg, int stage, int wave, bool listed) => (_all, _leg, _stage, _wave, _listed) = (all, leg, stage, wave, listed);

    public IReadOnlyList<BatchForecast> Batches => _batches;

    public IReadOnlyList<AzForecast> Azs => _azs;

    /// <summary>Why it asks a person instead of coming to its end.</summary>
    public string? Asks { get; private set; }

    private ForecastInput Input => _all.Input;

    /// <summary>When the region is done; null where it asks.</summary>
    public DateTimeOffset? Run(DateTimeOffset begins)
    {
        var gates = GatesIn(RunPhase.Waiting);
        return From(0, begins, gates ? Input.At(begins + Input.Pipeline.Window) : begins);
    }

    /// <summary>The same for a region that is on its way already.</summary>
    public DateTimeOffset? Resume(RegionRun run)
    {
        var soon = Input.Start + Input.Tick;
        (_az, _azSince, _batchSince, _letOn, _heldSince) = (run.Az, run.AzSince, run.BatchSince, run.LetOn, run.Held?.Since);
        if (run.Batch < 0)
        {
            return From(0, soon, run.Phase == RunPhase.Observing ? RunCalendar.Later(soon, Input.At(run.StageSince + Input.Pipeline.Window)) : soon);
        }

        var batch = _leg.Batches[run.Batch];
        for (var i = run.Batch; i >= 0 && (i == run.Batch || _leg.Batches[i].Bake.IsNone); i--)
        {
            _unbaked += _leg.Batches[i].Hosts.Length;
        }

        _all.Exposure.Expose(_leg.Region, Input.Start, _unbaked);
        var left = batch.Hosts.Where(host => !run.Settled(host)).ToArray();
        var (settled, bakes) = run.Phase == RunPhase.Baking
            ? (run.BakeSince, run.BakeSince)
            : (RunCalendar.Later(soon, Input.At(run.BatchSince + (left.Length == 0 ? TimeSpan.Zero : Input.Times.Of(_leg.Region, left.Length)))), (DateTimeOffset?)null);
        if (bakes is null)
        {
            _all.Exposure.TakeOut(_leg.Region, batch.Az, batch.Kind == BatchKind.Validators ? 0 : left.Length, Input.Start, settled);
            Watch(batch, Input.Start, settled);
        }

        return Bake(run.Batch, batch, run.BatchSince, settled) is { } ends ? From(run.Batch + 1, RunCalendar.Later(settled, Input.Start), ends) : null;
    }

    private DateTimeOffset? From(int next, DateTimeOffset at, DateTimeOffset ready)
    {
        for (var i = next; i < _leg.Batches.Length; i++)
        {
            var batch = _leg.Batches[i];
            if (Pass(batch, at, ready, inWork: false) is not { } begins || Work(i, batch, begins) is not { } settled || Bake(i, batch, begins, settled) is not { } ends)
            {
                return null;
            }

            (at, ready) = (settled, ends);
        }

        // What held the last batch holds nothing more.
        Opened(at);
        _all.Exposure.Baked(_leg.Region, ready, _unbaked);
        return ready;
    }

    private DateTimeOffset? Work(int index, PlannedBatch batch, DateTimeOffset begins)
    {
        (_azSince, _back) = _az == batch.Az ? (_azSince, _back) : (begins, 0);
        (_az, _batchSince) = (batch.Az, begins);
        _unbaked += batch.Hosts.Length;
        _all.Exposure.Expose(_leg.Region, begins, batch.Hosts.Length);
        var figures = Input.Fleet.Az(batch.Az);
        var free = batch.Kind == BatchKind.Validators ? batch.Hosts.Length : Input.Fleet.Out.IsEmpty ? 0 : batch.Hosts.Count(Input.Fleet.Out.Contains);
        var (costing, at) = (batch.Hosts.Length - free, begins);
        while (costing + free > 0)
        {
            var gone = figures.Out - _back;
            var now = Math.Max(0, Math.Min(costing, figures.Hosts == 0 ? costing : Planner.MostOut(figures.Hosts, Input.Pipeline.CapacityFloor) - gone));
            if (now + free == 0)
            {
                Asks = $"batch {index + 1} of {_leg.Region} in stage '{_all.StageName(_stage)}' would wait for capacity in {batch.Az}: {gone} of {figures.Hosts} hosts are out of service; a person is asked at {begins + Input.Pipeline.Limits.Batch:u}";
                return null;
            }

            var done = Input.At(at + Input.Times.Of(_leg.Region, now + free));
            _all.Exposure.TakeOut(_leg.Region, batch.Az, now, at, done);
            Watch(batch, at, done);
            _back += batch.Kind == BatchKind.Validators ? 0 : free;
            (costing, free, at) = (costing - now, 0, done);
            if (costing > 0)
            {
                if (Pass(batch, done, done, inWork: true) is not { } goes)
                {
                    return null;
                }

                at = goes;
            }
        }

        return at;
    }

    /// <summary>When the bake after a batch ends; when the batch's hosts are back where it has none.</summary>
    private DateTimeOffset? Bake(int index, PlannedBatch batch, DateTimeOffset begins, DateTimeOffset settled)
    {
        var ends = settled;
        if (!batch.Bake.IsNone)
        {
            var least = (_bakesAreJudged ??= GatesIn(RunPhase.Baking)) && batch.Bake.Duration < Input.Pipeline.Window ? Input.Pipeline.Window : batch.Bake.Duration;
            ends = RunCalendar.Later(Input.At(settled + (_all.Late ? batch.Bake.Duration + batch.Bake.Extend : least)), Input.At(Input.Start));
            _all.Exposure.Baked(_leg.Region, ends, _unbaked);
            _unbaked = 0;
        }

        Note(index, batch, begins, settled, ends);
        return ends;
    }

    private void Note(int index, PlannedBatch batch, DateTimeOffset begins, DateTimeOffset settled, DateTimeOffset ends)
    {
        if (_azs.Count > 0 && _azs[^1] is var az && az.Az == batch.Az)
        {
            _azs[^1] = az with { Hosts = az.Hosts + batch.Hosts.Length, Batches = az.Batches + 1, End = ends };
        }
        else
        {
            _azs.Add(new(batch.Az, batch.Hosts.Length, 1, begins, ends));
        }

        if (_listed)
        {
            _batches.Add(new(index, batch.Az, batch.Kind, batch.Hosts.Length, begins, settled, ends));
        }
    }

    /// <summary>The first moment at or after <paramref name="ready"/> at which the calendar lets a batch begin, or go on; what holds it from <paramref name="at"/> on is noted.</summary>
    private DateTimeOffset? Pass(PlannedBatch batch, DateTimeOffset at, DateTimeOffset ready, bool inWork)
    {
        while (true)
        {
            var (holds, changes) = Look(batch, at, inWork);
            if (!holds && at >= ready)
            {
                return at;
            }

            if (at < ready)
            {
                at = changes is { } change && change < ready ? change : ready;
            }
            else if (changes is { } opens && opens < _heldSince + Input.Pipeline.Limits.Hold)
            {
                at = opens;
            }
            else
            {
                Asks = $"{_hold!.Why} holds {_leg.Region} from {_hold.From:u} for longer than {Words.Of(Input.Pipeline.Limits.Hold)}, when a person is asked";
                _all.Held(_hold);
                return null;
            }
        }
    }

    /// <summary>What the calendar says while a batch is in work: it is held, but its hosts come back all the same.</summary>
    private void Watch(PlannedBatch batch, DateTimeOffset at, DateTimeOffset until)
    {
        for (DateTimeOffset? next = at; next is { } look && look < until;)
        {
            next = Look(batch, look, inWork: true).Changes;
        }
    }

    private (bool Holds, DateTimeOffset? Changes) Look(PlannedBatch batch, DateTimeOffset at, bool inWork)
    {
        var ahead = _ahead.Az == batch.Az ? _ahead.Calendar! : (_ahead = (batch.Az, _all.Calendar(_leg, batch.Az))).Calendar!;
        var stretch = ahead.At(at);
        var holds = !stretch.Open
            && !(inWork && ahead.MayGoOn(RunCalendar.Later(_batchSince, _letOn), at, Overrun.FinishBatch))
            && !(_az == batch.Az && ahead.MayGoOn(RunCalendar.Later(_azSince, _letOn), at, Overrun.FinishAz));
        if (!holds)
        {
            Opened(at);
        }
        else if (_heldSince is null || _hold is null)
        {
            _heldSince ??= at;
            _hold = _all.Hold(_leg, batch.Az, _stage, _wave, _heldSince.Value, at);
        }

        return (holds, stretch.To is { } changes ? Input.At(changes) : null);
    }

    /// <summary>Clocks that stood still go on, as <see cref="RunCalendar.LetOn"/> has it.</summary>
    private void Opened(DateTimeOffset at)
    {
        if (_heldSince is not { } since)
        {
            return;
        }

        if (_hold is { } hold)
        {
            _all.Held(hold with { To = at });
        }

        (_letOn, _azSince, _batchSince, _heldSince, _hold) = (at, _azSince + (at - since), _batchSince + (at - since), null, null);
    }

    /// <summary>Whether any gate judges then; canary gates aside, which judge bakes of a window and more.</summary>
    private bool GatesIn(RunPhase phase) =>
        !new RunInput(_all.Rollout, new RegionFleet(_leg.Region), new CordState(), null, Input.Start).Gates(new RegionRun(_leg.Region, "") { Stage = _stage, Phase = phase }).IsEmpty;
}
