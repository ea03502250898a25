using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Hosting;
using OpsConsole.Domain.Alarms;
using OpsConsole.Engine.Alarms.Gates;

namespace OpsConsole.Engine.Alarms.Prometheus;

/// <summary>
/// Gates on a Prometheus: every query that a gate reads is asked again and again beside the tick while it is read, and the gate is given the newest point. A
/// source that stops is no data after three rounds at the latest: not 0, not the last number.
/// </summary>
public sealed class PrometheusReader(SourceFile sources, PrometheusClient client, TimeProvider clock) : BackgroundService, IGateReader
{
    private const int MostQueries = 500;
    private const int AtOnce = 4;

    /// <summary>How often each query is asked.</summary>
    public static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    /// <summary>A point that is older than this at the end of a window says nothing of it, unless the window itself is longer.</summary>
    public static readonly TimeSpan Fresh = Round * 3;

    private readonly ConcurrentDictionary<(string Source, string Query), Asked> _asked = new();
    private readonly SemaphoreSlim _wake = new(0, 1);

    public bool Reads(Gate gate) => gate.Query is { Source: not GateQuery.Noodles };

    public Reading Read(Gate gate, GatePlace place, DateTimeOffset from, DateTimeOffset to, DateTimeOffset? changedAt)
    {
        var query = gate.Query!;
        var reading = new Reading(gate.Reads, query.Source, null, 0);
        if (sources.Find(query.Source, out var wrong) is null)
        {
            return reading with { Failure = wrong };
        }

        var key = (query.Source, query.For(place));
        if (!_asked.TryGetValue(key, out var asked))
        {
            if (_asked.Count >= MostQueries)
            {
                return reading with { Failure = $"more than {MostQueries} queries are asked already" };
            }

            asked = _asked.GetOrAdd(key, _ => new Asked());
            Wake();
        }

        var span = to - from > Fresh ? to - from : Fresh;
        (asked.ReadAt, asked.Span) = (clock.GetUtcNow(), span);
        return asked.Answer switch
        {
            null => reading with { Detail = $"{query.Source} is being asked for the first time" },
            { Failure: { } failure } => reading with { Failure = $"{query.Source}: {failure}" },
            { Lacks: { } lacks } => reading with { Detail = $"{query.Source}: {lacks}" },
            var answer when answer.At <= to - Fresh => reading with { Detail = string.Create(CultureInfo.InvariantCulture, $"{query.Source} has not answered since {answer.At:HH:mm:ss} UTC") },
            var answer => Newest(reading, answer, to - span, to, query.Source),
        };
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var now = clock.GetUtcNow();
            foreach (var (key, asked) in _asked.Where(one => now - one.Value.ReadAt > (one.Value.Span * 12) + TimeSpan.FromMinutes(2)))
            {
                _asked.TryRemove(KeyValuePair.Create(key, asked));
            }

            await Parallel.ForEachAsync(_asked, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken }, AskAsync).ConfigureAwait(false);
            using var timeout = new CancellationTokenSource(Round, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stoppingToken);
            try
            {
                await _wake.WaitAsync(either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
            {
                // The round is over.
            }
        }
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    private static Reading Newest(Reading reading, PrometheusAnswer answer, DateTimeOffset from, DateTimeOffset to, string source)
    {
        var within = answer.Points.Where(point => point.At > from && point.At <= to).ToArray();
        return within.Length == 0 ? reading with { Detail = $"{source} has no point in the window" } : reading with { Value = within[^1].Value, Samples = within.Length };
    }

    private async ValueTask AskAsync(KeyValuePair<(string Source, string Query), Asked> one, CancellationToken cancel)
    {
        if (sources.Find(one.Key.Source, out _) is { } source)
        {
            one.Value.Answer = await client.AskAsync(source, one.Key.Query, one.Value.Span + Round, clock.GetUtcNow(), cancel).ConfigureAwait(false);
        }
    }

    private void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    private sealed class Asked
    {
        private volatile PrometheusAnswer? _answer;

        public PrometheusAnswer? Answer
        {
            get => _answer;
            set => _answer = value;
        }

        public DateTimeOffset ReadAt { get; set; }

        public TimeSpan Span { get; set; } = Fresh;
    }
}
