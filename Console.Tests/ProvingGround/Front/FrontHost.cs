using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Engine.ProvingGround;
using OpsConsole.Engine.ProvingGround.Behaviours;
using OpsConsole.Engine.ProvingGround.Front;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Tests.ProvingGround.Front;

/// <summary>The S3 front in this process, on Kestrel with a host's own limits, over an index and a storage fleet in memory.</summary>
internal sealed class FrontHost : IAsyncDisposable
{
    public const string Region = "local-1";

    private readonly WebApplication _app;
    private readonly HttpClient _http = GroundHttp.Make();

    private FrontHost(Behaviour behaviour, TimeProvider clock)
    {
        Index = new MemoryIndex(clock);
        Parts = new FrontParts(behaviour.Over(Index), Blobs, behaviour, new GroundKey("a secret for tests"), Region, clock);
        var front = new S3Front(Parts, new Identifier(Accounts, clock), () => ReadOnly);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            HostLimits.For(GroundRole.Web)(options);
            options.Listen(IPAddress.Loopback, 0);
        });
        _app = builder.Build();
        _app.Run(front.HandleAsync);
    }

    public MemoryIndex Index { get; }

    public MemoryBlobs Blobs { get; } = new();

    public Accounts Accounts { get; } = Accounts.Make();

    public FrontParts Parts { get; }

    public bool ReadOnly { get; set; }

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public static async Task<FrontHost> StartAsync(Behaviour? behaviour = null, TimeProvider? clock = null)
    {
        var host = new FrontHost(behaviour ?? new Behaviour(), clock ?? TimeProvider.System);
        await host._app.StartAsync();
        host.Address = new Uri(host._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return host;
    }

    /// <summary>Signs as this account; the guest where none is named.</summary>
    public SignedClient Client(AccessKey? key = null) => new(_http, key ?? Accounts.Guest, Region, TimeProvider.System);

    /// <param name="path">Decoded: <c>/bucket/key</c>.</param>
    public Task<S3Answer> SendAsync(string method, string path, string body = "", (string, string)[]? headers = null, (string, string)[]? query = null, AccessKey? key = null) =>
        Client(key).SendAsync(Address, method, path, default, method is "PUT" or "POST" ? System.Text.Encoding.UTF8.GetBytes(body) : null, headers, query);

    public Task<S3Answer> SendAsync(string method, string path, byte[] body, params (string, string)[] headers) => Client().SendAsync(Address, method, path, default, body, headers);

    /// <summary>As somebody who signs nothing.</summary>
    public async Task<S3Answer> UnsignedAsync(string method, string target)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Address.GetLeftPart(UriPartial.Authority) + target));
        using var answer = await _http.SendAsync(request);
        return new S3Answer((int)answer.StatusCode, answer.Headers.Concat(answer.Content.Headers).ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase), await answer.Content.ReadAsByteArrayAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }
}
