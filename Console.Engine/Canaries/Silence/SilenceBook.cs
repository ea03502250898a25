using System.Collections.Concurrent;
using System.Collections.Immutable;
using OpsConsole.Domain.Alarms.Streams;
using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Canaries.Runs;
using OpsConsole.Domain.Canaries.Silence;
using OpsConsole.Engine.Alarms.Streams;
using OpsConsole.Engine.Canaries.Results;

namespace OpsConsole.Engine.Canaries.Silence;

/// <summary>A service in a region: traffic beside its season, canaries, and what they say together.</summary>
/// <param name="Since">When this finding began.</param>
public sealed record SilenceLine(CountedService Where, TrafficFall Traffic, ImmutableArray<VantageView> Canaries, SilenceFinding Finding, DateTimeOffset Since);

/// <summary>
/// Looks for silent failure: customers who stay away while nothing says so. Traffic is remembered in memory only: after a restart the seasons begin anew, and until
/// enough is known the finding is <see cref="SilenceFinding.Unknown"/>.
/// </summary>
public sealed class SilenceBook(IEnumerable<ICustomerTraffic> sources, CanaryResults results, IEnumerable<IFiringAlarms> alarms, IMetricSink? sink, TimeProvider clock)
{
    /// <summary>1 or 0 a minute: whether customers stay away silently. Nothing where too little is known.</summary>
    public const string Metric = "silent-failure";

    /// <summary>Services in regions whose seasons are kept, 280 KB each in seven weeks.</summary>
    public const int MostServices = 500;

    /// <summary>How long after its end a minute counts as counted: longer than a source takes to notice that it counts no more.</summary>
    private static readonly TimeSpan Settles = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(TrafficFall.Minutes);

    private readonly ICustomerTraffic[] _sources = [.. sources];
    private readonly IFiringAlarms[] _alarms = [.. alarms];
    private readonly ConcurrentDictionary<CountedService, Kept> _kept = new();

    /// <summary>By region and service.</summary>
    public ImmutableArray<SilenceLine> Lines => [.. _kept.Values.Select(kept => kept.Line).OfType<SilenceLine>().OrderBy(line => line.Where.Region, StringComparer.Ordinal).ThenBy(line => line.Where.Service, StringComparer.Ordinal)];

    /// <summary>Takes in the minutes that are over; each is judged once.</summary>
    public void Look()
    {
        var now = clock.GetUtcNow();
        var newest = ((now - Settles).ToUnixTimeSeconds() / 60) - 1;
        foreach (var source in _sources)
        {
            foreach (var service in source.Services)
            {
                if (_kept.ContainsKey(service) || _kept.Count < MostServices)
                {
                    Look(source, service, _kept.GetOrAdd(service, _ => new Kept(newest - 1)), newest, now);
                }
            }
        }
    }

    private void Look(ICustomerTraffic source, CountedService service, Kept kept, long newest, DateTimeOffset now)
    {
        if (newest <= kept.Judged)
        {
            return;
        }

        for (var minute = Math.Max(kept.Judged + 1, newest - 10); minute <= newest; minute++)
        {
            if (source.Requests(service, minute) is { } requests)
            {
                kept.History.Set(minute, requests, TrafficFall.IsLow(kept.History, minute, requests));
            }
        }

        kept.Judged = newest;
        var traffic = TrafficFall.Of(kept.History, newest);
        var views = Views(service, now);
        var finding = SilentFailure.Of(traffic.State, views, _alarms.Any(alarm => alarm.Fires(service.Service, service.Region)));
        kept.Line = new(service, traffic, views, finding, kept.Line is { } before && before.Finding == finding ? before.Since : now);
        if (finding != SilenceFinding.Unknown)
        {
            sink?.Add(new MetricStream(Metric) { Service = service.Service, Partition = service.Partition, Region = service.Region }, finding.IsSilent() ? 1 : 0, now);
        }
    }

    private ImmutableArray<VantageView> Views(CountedService service, DateTimeOffset now)
    {
        var posts = results.Posts.Where(post => post.Target.Service == service.Service && post.Post.Region == service.Region).ToArray();
        return
        [
            .. from vantage in Enum.GetValues<Vantage>()
               let said = posts.Where(post => post.Post.Vantage == vantage).SelectMany(post => post.Recent).Where(brief => brief.At > now - Window && brief.State.IsOfTarget()).ToArray()
               select new VantageView(vantage, said.Count(brief => brief.State.IsServed()), said.Count(brief => !brief.State.IsServed())),
        ];
    }

    private sealed class Kept(long judged)
    {
        public TrafficHistory History { get; } = new();

        public long Judged { get; set; } = judged;

        public SilenceLine? Line { get; set; }
    }
}
