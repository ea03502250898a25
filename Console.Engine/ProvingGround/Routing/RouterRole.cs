using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpsConsole.Domain.ProvingGround.Routing;
using OpsConsole.Engine.ProvingGround.Hosting;

namespace OpsConsole.Engine.ProvingGround.Routing;

/// <summary>The front door: a process of its own, so that customers do not notice when the console restarts. <c>report</c> and <c>weights</c> are for the console.</summary>
internal sealed class RouterRole : IHostRole
{
    private readonly HttpMessageInvoker _forward;
    private readonly HttpClient _checks;
    private readonly RouteTable _table;
    private readonly Forwarder _forwarder;
    private readonly WeightBook _weights;
    private readonly TimeProvider _clock;
    private readonly ITimer _checking;
    private long _requests;

    public RouterRole(RoleContext context)
    {
        _clock = context.Clock;
        _weights = new WeightBook(Path.Combine(context.Folder.Of(context.Me.Id), "weights.json"));
        _forward = GroundHttp.MakeStreaming();
        _checks = GroundHttp.Make(context.Folder.Secret(), TimeSpan.FromSeconds(1));
        _table = new RouteTable(context.Plan, () => _weights.Now, context.Clock);
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
        var weights = _weights.Now;
        var report = new RouterReport(
            _clock.GetUtcNow().ToUnixTimeSeconds(),
            [.. _table.All.Select(one => Tell(one.Host, one.State, weights))],
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

    private static RouterHost Tell(GroundHost host, RoutedHost state, RouterWeights weights)
    {
        var (weight, drained) = weights.Of(host.Id, host.Validator);
        return new RouterHost(host.Id, weight, drained, state.Healthy, state.InFlight, state.Operations) { LeasedUntil = weights.Leased.GetValueOrDefault(host.Id)?.Until };
    }

    private bool Set(IQueryCollection query) =>
        _table.All.Select(one => one.Host).FirstOrDefault(host => host.Id == query["host"]) is { } host && _weights.Change(weights => WeightRequest.Apply(weights, host, query, _clock.GetUtcNow()));

    private void CheckAll()
    {
        FallBack();
        foreach (var (host, state) in _table.All)
        {
            _ = CheckAsync(host, state);
        }
    }

    private void FallBack()
    {
        try
        {
            _weights.Change(weights => weights.Expire(_clock.GetUtcNow(), id => _table.All.Any(one => one.Host.Id == id && one.State.Healthy)));
        }
        catch (IOException)
        {
            // A full disk: seen to again at the next checks.
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
