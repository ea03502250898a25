using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpsConsole.Engine.ProvingGround.Hosting;

namespace OpsConsole.Engine.ProvingGround.Customers;

/// <summary>The customers' process: sends, and tells the console what it saw when asked for <c>report</c>.</summary>
internal sealed class CustomersRole : IHostRole
{
    private readonly CustomerTraffic _traffic;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;

    public CustomersRole(RoleContext context)
    {
        _traffic = new CustomerTraffic(context);
        _running = _traffic.RunAsync(_stopping.Token);
    }

    public long Requests => _traffic.Report().Sent;

    public Task HandleAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    public async Task<bool> HandleControlAsync(HttpContext context, string what)
    {
        if (what != "report")
        {
            return false;
        }

        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(_traffic.Report(), GroundJson.Default.CustomersReport), context.RequestAborted).ConfigureAwait(false);
        return true;
    }

    public Task<string?> TroubleAsync(CancellationToken cancel) => Task.FromResult<string?>(null);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _traffic.Dispose();
        _stopping.Dispose();
    }
}
