using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Rules.Bands;
using OpsConsole.Engine.Alarms.Streams;

namespace OpsConsole.Engine.Alarms.Watch;

/// <summary>One alarm, ready to be evaluated again and again: its formula read, its streams found.</summary>
public sealed class WatchedAlarm
{
    private readonly MetricExpression? _expression;
    private readonly StreamSet[] _sets;
    private readonly double[] _inputs;

    public WatchedAlarm(string group, Alarm alarm)
    {
        (Group, Alarm, Rule) = (group, alarm, alarm.Definition.Rule ?? throw new ArgumentException("a composite has no streams", nameof(alarm)));
        _expression = Rule.Expression is { } text ? MetricExpression.Parse(text, [.. Rule.Inputs.Select(input => input.Id)], out _) : null;
        _sets = [.. Rule.Inputs.Select(_ => StreamSet.None)];
        _inputs = new double[_sets.Length];
        Range = MissingDataRule.Range(Rule.Of);
        Past = Rule.Band is null ? 0 : BandLearning.Periods(Rule);
    }

    public string Group { get; }

    /// <summary>As it was when it was read; its state may have changed since.</summary>
    public Alarm Alarm { get; }

    public MetricRule Rule { get; }

    /// <summary>How many periods are looked at.</summary>
    public int Range { get; }

    /// <summary>How many periods before those a band is learned from; 0 where there is no band.</summary>
    public int Past { get; }

    /// <summary>Whether an evaluation since the console's start rested on enough to say something.</summary>
    public bool Judged { get; internal set; }

    /// <summary>How many streams it looked at last.</summary>
    public int Streams => _sets.Sum(set => set.Count);

    /// <summary>The values of the periods that end at a time, oldest first; NaN where there is none.</summary>
    internal void Values(MetricStore store, MetricQuery query, DateTimeOffset end, Span<double> values, Span<double> scratch)
    {
        var from = end - (Rule.Period * values.Length);
        for (var i = 0; i < _sets.Length; i++)
        {
            var input = Rule.Inputs[i];
            if (store.IsStale(input.Streams, _sets[i]))
            {
                _sets[i] = store.Find(input.Streams);
            }

            query.Read(_sets[i], input.Statistic, from, Rule.Period, _expression is null ? values : scratch.Slice(i * values.Length, values.Length), Rule.MinSamples ?? input.Statistic.LeastSamples);
        }

        if (_expression is null)
        {
            return;
        }

        for (var period = 0; period < values.Length; period++)
        {
            for (var i = 0; i < _inputs.Length; i++)
            {
                _inputs[i] = scratch[(i * values.Length) + period];
            }

            values[period] = _expression.Of(_inputs);
        }
    }
}
