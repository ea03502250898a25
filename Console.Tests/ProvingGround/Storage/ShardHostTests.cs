using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OpsConsole.Engine.ProvingGround.Storage;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.ProvingGround.Storage;

/// <summary>A storage host over loopback: what it keeps, gives and refuses.</summary>
public sealed class ShardHostTests
{
    private static readonly Shard Good = StoreFolder.Make(1);

    [Fact]
    public async Task A_shard_that_was_kept_is_given_back_and_named_in_states_and_pages()
    {
        await using var host = await ShardHost.StartAsync();
        var client = host.Client();
        Assert.Equal(ShardPut.Kept, await client.PutAsync(Good, default));
        Assert.Equal(ShardPut.Kept, await client.PutAsync(Good, default));
        var read = await client.GetAsync(Good.Name, default);
        Assert.Equal(ShardState.Good, read.State);
        Assert.Equal((Good.Name, Good.Group, Good.Crc), (read.Shard!.Name, read.Shard.Group, read.Shard.Crc));
        Assert.Equal(Good.Bytes.ToArray(), read.Shard.Bytes.ToArray());
        var other = StoreFolder.Make(2).Name;
        Assert.Equal("Good, Missing", string.Join(", ", await client.StatesAsync([Good.Name, other], verify: true, default)));
        Assert.Equal(ShardState.Missing, (await client.GetAsync(other, default)).State);
        Assert.Equal(ShardWire.Pack([Good.Name]), (await host.SendAsync(HttpMethod.Get, "shards")).Body);
        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(HttpMethod.Head, $"shard?name={Good.Name}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.SendAsync(HttpMethod.Head, $"shard?name={other}")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("name=")]
    [InlineData("name=../../../../etc/passwd")]
    [InlineData("name=00000001000000000000000000000000-9")]
    [InlineData("name=00000001000000000000000000000000")]
    [InlineData("name=0000000100000000000000000000000g-1")]
    [InlineData("name=00000001-0000-0000-0000-000000000000-1")]
    public async Task A_malformed_name_is_refused_in_every_verb(string query)
    {
        await using var host = await ShardHost.StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await host.SendAsync(HttpMethod.Get, "shard?" + query)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.SendAsync(HttpMethod.Head, "shard?" + query)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync(host, query, Good)).Status);
        Assert.Equal(0, host.Store.Shards);
    }

    [Theory]
    [InlineData(null, "1")]
    [InlineData("not hexadecimal", "1")]
    [InlineData("0a0b0c0d", null)]
    [InlineData("0a0b0c0d", "one")]
    public async Task A_put_says_its_checksum_and_its_group_or_is_refused(string? crc, string? group)
    {
        await using var host = await ShardHost.StartAsync();
        (string, string)[] headers = [.. new[] { (ShardWire.Crc, crc), (ShardWire.Group, group) }.Where(header => header.Item2 is not null).Select(header => (header.Item1, header.Item2!))];
        Assert.Equal(HttpStatusCode.BadRequest, (await host.SendAsync(HttpMethod.Put, $"shard?name={Good.Name}", new ByteArrayContent(Good.Bytes.ToArray()), headers: headers)).Status);
        Assert.Equal(0, host.Store.Shards);
    }

    [Fact]
    public async Task Bodies_too_long_or_of_unknown_length_are_refused_before_they_are_read()
    {
        await using var host = await ShardHost.StartAsync();
        var most = StoreFolder.Make(3, Shard.MaxBytes);
        Assert.Equal(ShardPut.Kept, await host.Client().PutAsync(most, default));
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync(host, $"name={Good.Name}", StoreFolder.Make(4, Shard.MaxBytes + 1))).Status);
        using var unknown = new StreamContent(new Endless());
        Assert.Equal(HttpStatusCode.BadRequest, (await host.SendAsync(HttpMethod.Put, $"shard?name={Good.Name}", unknown, headers: Headers(Good))).Status);
        Assert.Equal(1, host.Store.Shards);
    }

    [Fact]
    public async Task Bytes_that_do_not_have_the_checksum_sent_with_them_are_not_kept()
    {
        await using var host = await ShardHost.StartAsync();
        Assert.Equal(ShardPut.Corrupt, await host.Client().PutAsync(Good with { Crc = Good.Crc ^ 1 }, default));
        Assert.Equal(ShardState.Missing, (await host.Client().GetAsync(Good.Name, default)).State);
    }

    [Fact]
    public async Task What_is_damaged_on_disk_is_told_as_corrupt_and_not_given()
    {
        await using var host = await ShardHost.StartAsync();
        await host.Client().PutAsync(Good, default);
        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(HttpMethod.Post, "patient?corrupt=1")).Status);
        Assert.Equal(HttpStatusCode.Gone, (await host.SendAsync(HttpMethod.Get, $"shard?name={Good.Name}")).Status);
        Assert.Equal(ShardState.Corrupt, (await host.Client().GetAsync(Good.Name, default)).State);
        Assert.Equal(ShardState.Corrupt, Assert.Single(await host.Client().StatesAsync([Good.Name], verify: false, default)));
        Assert.Equal(ShardPut.Kept, await host.Client().PutAsync(Good, default));
        Assert.Equal(ShardState.Good, (await host.Client().GetAsync(Good.Name, default)).State);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("another secret")]
    [InlineData(ShardHost.Secret + " ")]
    public async Task Whoever_does_not_show_the_secret_gets_and_changes_nothing(string? secret)
    {
        await using var host = await ShardHost.StartAsync();
        await host.Client().PutAsync(Good, default);
        var expected = secret?.Trim() == ShardHost.Secret ? HttpStatusCode.OK : HttpStatusCode.Forbidden;
        Assert.Equal(expected, (await host.SendAsync(HttpMethod.Get, $"shard?name={Good.Name}", secret: secret)).Status);
        Assert.Equal(expected, (await host.SendAsync(HttpMethod.Get, "shards", secret: secret)).Status);
        Assert.Equal(expected, (await host.SendAsync(HttpMethod.Post, "patient?slow=0", secret: secret)).Status);
        Assert.Equal(expected, (await host.SendAsync(HttpMethod.Put, $"shard?name={StoreFolder.Make(2).Name}", new ByteArrayContent(StoreFolder.Make(2).Bytes.ToArray()), secret, Headers(StoreFolder.Make(2)))).Status);
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync(new Uri(host.Address, $"/shard?name={Good.Name}"))).StatusCode);
    }

    [Fact]
    public async Task A_full_disk_takes_nothing_more_and_gives_what_it_has()
    {
        await using var host = await ShardHost.StartAsync();
        await host.Client().PutAsync(Good, default);
        await host.SendAsync(HttpMethod.Post, "patient?fill=true");
        Assert.Equal(ShardPut.Full, await host.Client().PutAsync(StoreFolder.Make(2), default));
        Assert.Equal(ShardState.Good, (await host.Client().GetAsync(Good.Name, default)).State);
        Assert.Contains("full", Encoding.UTF8.GetString((await host.SendAsync(HttpMethod.Get, "health?deep")).Body), StringComparison.Ordinal);
        await host.SendAsync(HttpMethod.Post, "patient?fill=false");
        Assert.Equal(ShardPut.Kept, await host.Client().PutAsync(StoreFolder.Make(2), default));
    }

    [Fact]
    public async Task States_are_given_for_at_most_a_thousand_whole_names()
    {
        await using var host = await ShardHost.StartAsync();
        var most = Enumerable.Range(0, ShardWire.MostNames).Select(number => StoreFolder.Make(number, 1).Name);
        Assert.Equal(ShardWire.MostNames, (await host.Client().StatesAsync([.. most], verify: false, default)).Length);
        foreach (var body in new[] { new byte[(ShardWire.MostNames + 1) * ShardWire.NameBytes], new byte[ShardWire.NameBytes - 1], [.. new byte[ShardWire.NameBytes - 1], 9] })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await host.SendAsync(HttpMethod.Post, "states", new ByteArrayContent(body))).Status);
        }
    }

    [Fact]
    public async Task Shards_of_probes_can_be_taken_away_and_those_of_objects_never()
    {
        await using var host = await ShardHost.StartAsync();
        Shard[] probes = [.. Enumerable.Range(1, 3).Select(StoreFolder.MakeProbe)];
        foreach (var shard in probes.Append(Good))
        {
            Assert.Equal(ShardPut.Kept, await host.Client().PutAsync(shard, default));
        }

        Assert.False(await host.Client().RemoveProbesAsync([.. probes.Select(probe => probe.Name), Good.Name], default));
        Assert.Equal(HttpStatusCode.Forbidden, (await host.SendAsync(HttpMethod.Post, "remove-probes", new ByteArrayContent(ShardWire.Pack([probes[0].Name])), secret: null)).Status);
        Assert.Equal(4, host.Store.Shards);
        Assert.True(await host.Client().RemoveProbesAsync([probes[0].Name, probes[1].Name, ShardName.OfProbe(8)], default));
        Assert.Equal(Order(Good.Name, probes[2].Name), host.Store.After(null, 10).Select(one => one.Name));
        Assert.All(Enumerable.Range(0, 200), _ => Assert.False(new ShardName(Guid.NewGuid(), 0).IsProbe));
    }

    [Theory]
    [InlineData("patient?slow=soon")]
    [InlineData("patient?fill=perhaps")]
    [InlineData("patient")]
    [InlineData("report")]
    public async Task Orders_that_cannot_be_read_are_refused(string target)
    {
        await using var host = await ShardHost.StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await host.SendAsync(HttpMethod.Post, target, new ByteArrayContent([1, 2, 3]))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.SendAsync(HttpMethod.Post, "nothing-of-the-kind")).Status);
    }

    [Fact]
    public async Task A_disk_that_does_not_answer_is_a_host_that_is_gone()
    {
        var (hostsClock, clock) = (new ManualClock(), new ManualClock());
        await using var host = await ShardHost.StartAsync(hostsClock);
        await host.SendAsync(HttpMethod.Post, "patient?slow=5000");
        var asked = host.Client(clock).GetAsync(Good.Name, default);
        Assert.False(asked.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(3));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    [Fact]
    [Trait("Category", "Integration")]
    public async Task A_sender_that_stands_still_is_cut_off_and_leaves_nothing_behind()
    {
        await using var host = await ShardHost.StartAsync(slowest: new MinDataRate(1024, TimeSpan.FromSeconds(2)));
        using var slow = new TcpClient();
        await slow.ConnectAsync(IPAddress.Loopback, host.Address.Port);
        await slow.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"PUT /~ground/shard?name={Good.Name} HTTP/1.1\r\nHost: s1\r\nx-ground-secret: {ShardHost.Secret}\r\n{ShardWire.Crc}: {Good.Crc:x8}\r\n{ShardWire.Group}: 1\r\nContent-Length: {Good.Bytes.Length}\r\n\r\nx"));
        var answer = new byte[64];
        var read = await slow.GetStream().ReadAsync(answer).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.DoesNotContain(" 200 ", Encoding.ASCII.GetString(answer, 0, read), StringComparison.Ordinal);
        Assert.Equal(0, host.Store.Shards);
        Assert.Equal(ShardPut.Kept, await host.Client().PutAsync(Good, default));
    }

    private static IEnumerable<ShardName> Order(params ShardName[] names) => names.Order(ShardName.Order);

    private static (string, string)[] Headers(Shard shard) => [(ShardWire.Crc, shard.Crc.ToString("x8", CultureInfo.InvariantCulture)), (ShardWire.Group, shard.Group.ToString(CultureInfo.InvariantCulture))];

    private static Task<(HttpStatusCode Status, byte[] Body)> PutAsync(ShardHost host, string query, Shard shard) =>
        host.SendAsync(HttpMethod.Put, "shard?" + query, new ByteArrayContent(shard.Bytes.ToArray()), headers: Headers(shard));

    /// <summary>Of no length anybody could know.</summary>
    private sealed class Endless : MemoryStream
    {
        private int _left = 64;

        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer) => _left-- > 0 ? buffer.Length : 0;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));
    }
}
