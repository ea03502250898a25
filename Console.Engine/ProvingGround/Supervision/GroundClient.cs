using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OpsConsole.Engine.ProvingGround.Customers;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Routing;

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

    public Task<bool> SetDrainedAsync(GroundHost router, string host, bool drained, CancellationToken cancel) => PostAsync(router, $"weights?host={host}&drained={(drained ? "true" : "false")}", cancel);

    /// <param name="weight">0 to 1,000; hosts have 100 unless told otherwise.</param>
    public Task<bool> SetWeightAsync(GroundHost router, string host, int weight, CancellationToken cancel) => PostAsync(router, $"weights?host={host}&weight={weight}", cancel);

    public Task<bool> SetReadOnlyAsync(GroundHost host, bool on, CancellationToken cancel) => PostAsync(host, $"read-only?on={(on ? "true" : "false")}", cancel);

    /// <summary>Makes the host's process ill, or well again; <paramref name="how"/> as its control call <c>patient</c> takes it.</summary>
    public Task<bool> TreatAsync(GroundHost host, string how, CancellationToken cancel) => PostAsync(host, "patient?" + how, cancel);

    public void Dispose() => _http.Dispose();

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
