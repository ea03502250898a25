using System.Net;
using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rehearsal;
using OpsConsole.Engine.Canaries.Targets;

namespace OpsConsole.Engine.Rehearsal;

/// <summary>
/// Where canaries look at the simulated fleet: the front door, the inside and the validator of each region. Nothing is sent: the answer is what a share of hosts,
/// drawn with a seed, would say with the releases they have. Labelled simulated.
/// </summary>
public sealed class SimulatedCanaryTargets(SimulationOptions options, SimulatedDriver driver, IStates states, TimeProvider clock) : ICanaryTargets, IDisposable
{
    private const string Service = "web";

    private readonly CanaryTarget[] _targets =
    [
        .. from region in RehearsalRegions.All
           from vantage in Enum.GetValues<Vantage>()
           select new CanaryTarget(Service, region.Partition, region.Name, vantage, new Uri($"http://{vantage.Word()}.{region.Name}.simulated")) { Simulated = true },
    ];

    private readonly HttpMessageInvoker _way = new(new Simulated(options, driver, states, clock));

    public IEnumerable<CanaryTarget> Now() => _targets;

    public HttpMessageInvoker WayTo(CanaryTarget target) => _way;

    public void Dispose() => _way.Dispose();

    private sealed class Simulated(SimulationOptions options, SimulatedDriver driver, IStates states, TimeProvider clock) : HttpMessageHandler
    {
        /// <summary>Of the requests to a host with a faulty release; as <see cref="SimulatedHealth"/> has it.</summary>
        private const double ErrorShare = 0.06;
        private const int MostHosts = 2_000;

        private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(12);
        private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(1_400);

        private readonly Chance _chance = new(options.Seed);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var names = request.RequestUri!.Host.Split('.');
            var now = clock.GetUtcNow().Ticks;
            var does = Does(names[1], validator: names[0] == Vantage.Validator.Word(), now);
            await Task.Delay(does == Behaviour.Slow ? Slow : Usual, clock, cancellationToken).ConfigureAwait(false);
            return new HttpResponseMessage(does == Behaviour.Errors && _chance.Of("canary-error", $"{names[1]}/{now}") < ErrorShare ? HttpStatusCode.InternalServerError : HttpStatusCode.OK) { Content = new StringContent(does is null ? "" : "ready"), RequestMessage = request };
        }

        /// <summary>What the host does that this request comes to; null where there is none in service.</summary>
        private Behaviour? Does(string region, bool validator, long now)
        {
            var hosts = states.Get<RegionFleet>(FleetStreams.Of(region)).Hosts.Values.Where(host => host is { Simulated: true, Role: HostRole.Web, State: HostState.InService } && host.Validator == validator).Take(MostHosts).ToArray();
            if (hosts.Length == 0)
            {
                return null;
            }

            var host = hosts[(int)(_chance.Of("canary", $"{region}/{now}") * hosts.Length)];
            return SimulatedReleases.Of(host.Service, driver.ReleasesOf(region, [host])[0] ?? host.Release);
        }
    }
}
