using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Fleet.Agent;
using OpsConsole.Tests.Browser;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Live;

/// <summary>The hub on real Kestrel, with clients on real sockets.</summary>
[Trait("Category", "Integration")]
public sealed class LiveHubTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_client_gets_a_snapshot_then_deltas_without_a_gap_and_resumes_where_it_was()
    {
        var console = await SeededConsole.StartAsync(perAz: 3);
        await using var hub = Connect(console, console.AdminToken, out var messages);
        await hub.StartAsync();
        var answer = await hub.InvokeAsync<JsonElement>("Subscribe", "hosts/eu-west-1", null);
        var snapshot = await NextAsync(messages, "Snapshot");
        Assert.Equal(answer.GetProperty("sequence").GetInt64(), snapshot.GetProperty("sequence").GetInt64());
        Assert.Equal(9, snapshot.GetProperty("items").GetArrayLength());

        await SmallFleet.ChangeAsync(console.Commands, "eu-west-1", 2);
        var delta = await NextAsync(messages, "Delta");
        Assert.Equal(snapshot.GetProperty("sequence").GetInt64() + 1, delta.GetProperty("sequence").GetInt64());
        Assert.Contains(delta.GetProperty("changed").EnumerateArray(), item => item.GetProperty("key").GetString() == "eu-west-1a-00001");

        await using var second = Connect(console, console.AdminToken, out var resumed);
        await second.StartAsync();
        await second.InvokeAsync<JsonElement>("Subscribe", "hosts/eu-west-1", snapshot.GetProperty("sequence").GetInt64());
        Assert.Equal(delta.ToString(), (await NextAsync(resumed, "Delta")).ToString());
        await console.DisposeAsync();
    }

    [Fact]
    public async Task The_cord_is_pulled_and_released_through_the_hub_and_everyone_who_follows_it_sees_it()
    {
        var console = await SeededConsole.StartAsync(perAz: 1);
        await using var hub = Connect(console, console.AdminToken, out var messages);
        await hub.StartAsync();
        await hub.InvokeAsync<JsonElement>("Subscribe", "cord", null);
        await NextAsync(messages, "Snapshot");

        var pulled = await hub.InvokeAsync<JsonElement>("PullCord", "region:eu-west-1", "Halt", "p99 doubled", null);
        Assert.True(pulled.GetProperty("accepted").GetBoolean());
        var seen = (await NextAsync(messages, "Delta")).GetProperty("changed")[0];
        Assert.Equal("region:eu-west-1", seen.GetProperty("value").GetProperty("scope").GetString());

        var refused = await hub.InvokeAsync<JsonElement>("ReleaseCord", seen.GetProperty("key").GetString(), "", null);
        Assert.Equal("cord.reason-missing", refused.GetProperty("rejection").GetProperty("code").GetString());
        var wrong = await hub.InvokeAsync<JsonElement>("PullCord", "planet:mars", "Halt", null, null);
        Assert.Equal("cord.scope", wrong.GetProperty("rejection").GetProperty("code").GetString());
        Assert.True((await hub.InvokeAsync<JsonElement>("ReleaseCord", seen.GetProperty("key").GetString(), "over", null)).GetProperty("accepted").GetBoolean());
        Assert.Equal(seen.GetProperty("key").GetString(), (await NextAsync(messages, "Delta")).GetProperty("removed")[0].GetString());
        await console.DisposeAsync();
    }

    [Fact]
    public async Task Who_is_on_call_for_a_partition_pulls_the_cord_of_its_regions_and_of_no_other()
    {
        var console = await SeededConsole.StartAsync(perAz: 1);
        await using var hub = Connect(console, await console.TokenAsync(("Operator", "partition:china")), out _);
        await hub.StartAsync();

        var own = await hub.InvokeAsync<JsonElement>("PullCord", "region:cn-north-1", "Halt", "p99 doubled", null);
        var other = await hub.InvokeAsync<JsonElement>("PullCord", "region:eu-west-1", "Halt", "p99 doubled", null);

        Assert.True(own.GetProperty("accepted").GetBoolean(), own.ToString());
        Assert.Equal("access.forbidden", other.GetProperty("rejection").GetProperty("code").GetString());
        await console.DisposeAsync();
    }

    [Fact]
    public async Task Strangers_do_not_get_in_and_unknown_topics_are_refused_with_a_reason()
    {
        var console = await SeededConsole.StartAsync(perAz: 1);
        await using var stranger = Connect(console, "not-a-token", out _);
        await Assert.ThrowsAnyAsync<Exception>(() => stranger.StartAsync());

        await using var hub = Connect(console, console.AdminToken, out _);
        await hub.StartAsync();
        var refused = await hub.InvokeAsync<JsonElement>("Subscribe", "hosts/atlantis", null);
        Assert.Equal("live.no-such-topic", refused.GetProperty("rejection").GetProperty("code").GetString());
        await console.DisposeAsync();
    }

    [Fact]
    public async Task The_client_that_outsiders_use_from_npm_sees_the_same()
    {
        var console = await SeededConsole.StartAsync(perAz: 2);
        var start = new ProcessStartInfo("node", [Repository.At("Console.Tests/Live/live-client.js"), console.Url, console.AdminToken, Repository.At("Console.Web/Npm/node_modules/@microsoft/signalr")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var node = Process.Start(start)!;
        Assert.Equal("snapshot 6", await node.StandardOutput.ReadLineAsync());
        await SmallFleet.ChangeAsync(console.Commands, "eu-west-1", 1);
        Assert.Equal($"delta eu-west-1a-00001 {nameof(HostState.InWork)}", await node.StandardOutput.ReadLineAsync());
        await node.WaitForExitAsync();
        Assert.Equal((0, ""), (node.ExitCode, await node.StandardError.ReadToEndAsync()));
        await console.DisposeAsync();
    }

    private static HubConnection Connect(RunningConsole console, string token, out ChannelReader<(string Method, JsonElement Message)> messages)
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(new WebSocketConnections(token));
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(new Uri(console.Url.Replace("http", "ws", StringComparison.Ordinal) + "/hubs/live")));
        var hub = builder.Build();
        var got = Channel.CreateUnbounded<(string, JsonElement)>();
        hub.On<JsonElement>("Snapshot", message => { got.Writer.TryWrite(("Snapshot", message)); });
        hub.On<JsonElement>("Delta", message => { got.Writer.TryWrite(("Delta", message)); });
        messages = got.Reader;
        return hub;
    }

    private static async Task<JsonElement> NextAsync(ChannelReader<(string Method, JsonElement Message)> messages, string method)
    {
        using var patience = new CancellationTokenSource(Patience);
        var (got, message) = await messages.ReadAsync(patience.Token);
        Assert.Equal(method, got);
        return message;
    }
}
