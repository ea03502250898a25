using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Engine.ProvingGround;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Storage;

namespace OpsConsole.Tests.ProvingGround.Storage;

/// <summary>A storage host's role in this process, on Kestrel with a host's own limits and a host's own door.</summary>
internal sealed class ShardHost : IAsyncDisposable
{
    public const string Secret = "a secret for tests";

    private readonly StoreFolder _folder = new();
    private readonly HttpClient _http = GroundHttp.Make(Secret);
    private readonly ShardHostRole _role;
    private readonly WebApplication _app;

    private ShardHost(TimeProvider clock, MinDataRate? slowest)
    {
        Store = ShardStore.Open(_folder.Options);
        _role = new ShardHostRole("s1", Store, new HostCare(Store, clock, null, null), clock);
        var me = new GroundHost("s1", GroundRole.Storage, "a", 0, 0);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            HostLimits.For(GroundRole.Storage)(options);
            options.Limits.MinRequestBodyDataRate = slowest ?? options.Limits.MinRequestBodyDataRate;
            options.Listen(IPAddress.Loopback, 0);
        });
        _app = builder.Build();
        var patient = new HostPatient(clock);
        _app.Run(context => HostProgram.DispatchAsync(context, _role, patient, Encoding.UTF8.GetBytes(Secret), me, null));
    }

    public ShardStore Store { get; }

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <param name="clock">The role's.</param>
    /// <param name="slowest">Below which senders are cut off; the host's own where null.</param>
    public static async Task<ShardHost> StartAsync(TimeProvider? clock = null, MinDataRate? slowest = null)
    {
        var host = new ShardHost(clock ?? TimeProvider.System, slowest);
        await host._app.StartAsync();
        host.Address = new Uri(host._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return host;
    }

    /// <summary>As web hosts and repair see it.</summary>
    public HttpShardHost Client(TimeProvider? clock = null) => new("s1", Address, _http, clock ?? TimeProvider.System);

    /// <param name="target">After the prefix of what is the ground's own.</param>
    public async Task<(HttpStatusCode Status, byte[] Body)> SendAsync(HttpMethod method, string target, HttpContent? content = null, string? secret = Secret, params (string Name, string Value)[] headers)
    {
        using var http = GroundHttp.Make(secret);
        using var request = new HttpRequestMessage(method, new Uri(Address, GroundSecret.ControlPrefix + target)) { Content = content };
        // So that who is refused for what it announces has not begun to send it.
        request.Headers.ExpectContinue = content is not null;
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsByteArrayAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _role.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }
}
