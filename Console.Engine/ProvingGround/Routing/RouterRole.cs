using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpsConsole.Engine.ProvingGround.Hosting;

namespace OpsConsole.Engine.ProvingGround.Routing;

/// <summary>The front door: a process of its own, so that customers do not notice when the console restarts. <c>report</c> and <c>weights</c> are for the console.</summary>
internal sealed class RouterRole : IHostRole
{
    private readonly HttpMessageInvoker _forward;
    private readonly HttpClient _checks;
    private readonly RouteTable _table;
    private readonly Forwarder _forwarder;
    private readonly string _weightsFile;
    private readonly TimeProvider _clock;
    private readonly ITimer _checking;
    private readonly Lock _lock = new();
    private volatile RouterWeights _weights;
    private long _requests;

    public RouterRole(RoleContext context)
    {
        _clock = context.Clock;
        _weightsFile = Path.Combine(context.Folder.Of(context.Me.Id), "weights.json");
        _weights = File.Exists(_weightsFile) ? JsonSerializer.Deserialize(File.ReadAllBytes(_weightsFile), GroundJson.Default.RouterWeights)! : RouterWeights.None;
        _forward = GroundHttp.MakeStreaming();
        _checks = GroundHttp.Make(context.Folder.Secret(), TimeSpan.FromSeconds(1));
        _table = new RouteTable(context.Plan, () => _weights, context.Clock);
        _forwarder = new Forwarder(_table, _forward, context.Clock);
        _checking = context.Clock.CreateTimer(_ => CheckAll(), null, TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(500));
    }

    public long Requests => Interlocked.Read(ref _requests);

    public Task HandleAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        return _forwarder.ForwardAsync(context);
    }

    public async Task<bool> HandleControlAsync(HttpContext context, string what)
    {
        if (what == "weights" && HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.StatusCode = Set(context.Request.Query) ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
            return true;
        }

        if (what != "report")
        {
            return false;
        }

        _ = long.TryParse(context.Request.Query["after"], CultureInfo.InvariantCulture, out var after);
        var weights = _weights;
        var report = new RouterReport(
            _clock.GetUtcNow().ToUnixTimeSeconds(),
            [.. _table.All.Select(one => new RouterHost(one.Host.Id, weights.Of(one.Host).Weight, weights.Of(one.Host).Drained, one.State.Healthy, one.State.InFlight, one.State.Operations))],
            [.. _table.All.SelectMany(one => one.State.Meter.After(after))]);
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(report, GroundJson.Default.RouterReport), context.RequestAborted).ConfigureAwait(false);
        return true;
    }

    public Task<string?> TroubleAsync(CancellationToken cancel) => Task.FromResult(_table.Pick([]) is { State.Healthy: true } ? null : "no web host that takes traffic is healthy");

    public ValueTask DisposeAsync()
    {
        _checking.Dispose();
        _forward.Dispose();
        _checks.Dispose();
        return ValueTask.CompletedTask;
    }

    private bool Set(IQueryCollection query)
    {
        var host = _table.All.Select(one => one.Host).FirstOrDefault(host => host.Id == query["host"]);
        int? weight = int.TryParse(query["weight"], NumberStyles.None, CultureInfo.InvariantCulture, out var stated) ? stated : null;
        bool? drained = bool.TryParse(query["drained"], out var wished) ? wished : null;
        if (host is null || weight > 1_000 || (weight is null && drained is null))
        {
            return false;
        }

        lock (_lock)
        {
            var next = _weights.With(host, weight, drained);
            GroundFolder.Replace(_weightsFile, JsonSerializer.SerializeToUtf8Bytes(next, GroundJson.Default.RouterWeights));
            _weights = next;
        }

        return true;
    }

    private void CheckAll()
    {
        foreach (var (host, state) in _table.All)
        {
            _ = CheckAsync(host, state);
        }
    }

    private async Task CheckAsync(GroundHost host, RoutedHost state)
    {
        try
        {
            using var answer = await _checks.GetAsync(new Uri(host.Address, GroundSecret.ControlPrefix + "health")).ConfigureAwait(false);
            state.Checked(answer.IsSuccessStatusCode);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
            state.Checked(answered: false);
        }
    }
}
