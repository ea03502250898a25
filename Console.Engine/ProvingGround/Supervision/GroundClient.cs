using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OpsConsole.Engine.ProvingGround.Customers;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Repair;
using OpsConsole.Engine.ProvingGround.Routing;
using OpsConsole.Engine.ProvingGround.Storage;

namespace OpsConsole.Engine.ProvingGround.Supervision;

/// <summary>What the console asks of the ground's processes. No answer is null, never an exception.</summary>
public sealed class GroundClient(GroundFolder folder, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan DeepLimit = TimeSpan.FromSeconds(8);

    private readonly HttpClient _http = GroundHttp.Make(folder.Secret());

    /// <param name="deep">Whether it is to try what it depends on.</param>
    public Task<HostHealth?> HealthAsync(GroundHost host, bool deep, CancellationToken cancel) => GetAsync(host, deep ? "health?deep" : "health", GroundJson.Default.HostHealth, deep ? DeepLimit : Limit, cancel);

    /// <param name="after">Only seconds after this one, since 1970.</param>
    public Task<RouterReport?> RouterAsync(GroundHost router, long after, CancellationToken cancel) => GetAsync(router, $"report?after={after}", GroundJson.Default.RouterReport, Limit, cancel);

    public Task<CustomersReport?> CustomersAsync(GroundHost customers, CancellationToken cancel) => GetAsync(customers, "report", GroundJson.Default.CustomersReport, Limit, cancel);

    /// <summary>Out for as long as somebody renews it; back in for good.</summary>
    public Task<bool> SetDrainedAsync(GroundHost router, string host, bool drained, CancellationToken cancel) =>
        PostAsync(router, drained ? $"weights?host={host}&drained=true&lease={Seconds(WeightKeeper.Lease)}" : $"weights?host={host}&drained=false", cancel);

    /// <param name="weight">0 to 1,000; hosts have 100 unless told otherwise.</param>
    /// <param name="lease">How long it holds unless it is renewed; whole seconds, 1 second to an hour.</param>
    public Task<bool> SetWeightAsync(GroundHost router, string host, int weight, TimeSpan lease, CancellationToken cancel) => PostAsync(router, $"weights?host={host}&weight={weight}&lease={Seconds(lease)}", cancel);

    /// <summary>Prolongs the lease of the host's weight; does nothing where it has none.</summary>
    public Task<bool> RenewWeightAsync(GroundHost router, string host, TimeSpan lease, CancellationToken cancel) => PostAsync(router, $"weights?host={host}&renew={Seconds(lease)}", cancel);

    public Task<bool> SetReadOnlyAsync(GroundHost host, bool on, CancellationToken cancel) => PostAsync(host, $"read-only?on={(on ? "true" : "false")}", cancel);

    public Task<ShardStats?> ShardsAsync(GroundHost host, CancellationToken cancel) => GetAsync(host, "storage", GroundJson.Default.ShardStats, Limit, cancel);

    /// <summary>Has a storage host read some of its shards back.</summary>
    public Task<ReadBack?> ReadBackAsync(GroundHost host, int shards, CancellationToken cancel) => GetAsync(host, $"read-back?shards={shards}", GroundJson.Default.ReadBack, DeepLimit, cancel);

    public Task<RepairStats?> RepairAsync(GroundHost host, CancellationToken cancel) => GetAsync(host, "repair", GroundJson.Default.RepairStats, Limit, cancel);

    /// <summary>Whether every storage host answers and says that nothing waits for repair, and that all it counted last was whole.</summary>
    public async Task<bool> AtRestAsync(GroundPlan plan, CancellationToken cancel)
    {
        var repairs = await Task.WhenAll(plan.Of(GroundRole.Storage).Select(host => RepairAsync(host, cancel))).ConfigureAwait(false);
        return repairs.All(repair => repair is { Queue: 0 } && repair.BySlack.AsSpan()[..^1].IndexOfAnyExcept(0) < 0);
    }

    /// <summary>Makes the host's process ill, or well again; <paramref name="how"/> as its control call <c>patient</c> takes it.</summary>
    public Task<bool> TreatAsync(GroundHost host, string how, CancellationToken cancel) => PostAsync(host, "patient?" + how, cancel);

    public void Dispose() => _http.Dispose();

    private static string Seconds(TimeSpan time) => ((int)time.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private async Task<T?> GetAsync<T>(GroundHost host, string what, JsonTypeInfo<T> type, TimeSpan limit, CancellationToken cancel)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, GroundSecret.ControlPrefix + what));
        var answer = await AskAsync(request, limit, cancel).ConfigureAwait(false);
        return answer is null ? null : JsonSerializer.Deserialize(answer, type);
    }

    private async Task<bool> PostAsync(GroundHost host, string what, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Address, GroundSecret.ControlPrefix + what));
        return await AskAsync(request, Limit, cancel).ConfigureAwait(false) is not null;
    }

    private async Task<byte[]?> AskAsync(HttpRequestMessage request, TimeSpan limit, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(limit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            using var answer = await _http.SendAsync(request, both.Token).ConfigureAwait(false);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadAsByteArrayAsync(both.Token).ConfigureAwait(false) : null;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }
}
