using System.Text.Json;
using System.Text.Json.Serialization;
using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Journal;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Fleet;

/// <summary>The journal's own way to read a host beside the general one.</summary>
public sealed class HostJsonTests(ITestOutputHelper output)
{
    private static readonly JsonSerializerOptions General = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private static readonly Host Plain = new("a-1", "p", "r", "ra", "k1", HostRole.Storage, "storage", "m", 3, HostDriver.Agent);

    [Fact]
    public void Any_host_is_read_and_written_as_the_general_way_does()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < 2_000; i++)
        {
            var host = Draw(random);
            var json = JsonSerializer.Serialize(host, General);
            Assert.Equal(json, JsonSerializer.Serialize(host, EventTypes.Json));
            Assert.Equal(host, JsonSerializer.Deserialize<Host>(json, EventTypes.Json));
        }
    }

    [Theory]
    [InlineData("""{ "id": "a-1" }""")]
    [InlineData("""{}""")]
    [InlineData("""{ "ID": "a-1", "Az": "ra", "ROLE": "index", "state": 3 }""")]
    [InlineData("""{ "id": "a-1", "later": { "x": [1, { }] }, "az": null, "token": "7", "positionClass": "4", "simulated": true }""")]
    [InlineData("""{ "token": 9223372036854775807, "rack": "\u006b1", "id": "\u00e4" }""")]
    [InlineData("""{ "id": "a-1", "id": "b-1" }""")]
    [InlineData("""{ "partition": "a name of far more than sixty-four characters, which no rule lets in but a file may hold" }""")]
    [InlineData("null")]
    public void What_an_older_or_newer_version_may_have_written_is_read_alike(string json) =>
        Assert.Equal(JsonSerializer.Deserialize<Host>(json, General), JsonSerializer.Deserialize<Host>(json, EventTypes.Json));

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""{ "role": "king" }""")]
    [InlineData("""{ "positionClass": 1.5 }""")]
    [InlineData("""{ "id": "a-1" """)]
    [InlineData("""{ "validator": "yes" }""")]
    [InlineData("""{ "id": 7 }""")]
    public void What_is_no_host_is_refused_alike(string json)
    {
        Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<Host>(json, General));
        Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<Host>(json, EventTypes.Json));
    }

    [Fact]
    public void Names_that_hosts_share_are_one_string()
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(Plain with { Release = "2026.11.1" }, EventTypes.Json);
        var (one, other) = (JsonSerializer.Deserialize<Host>(json, EventTypes.Json)!, JsonSerializer.Deserialize<Host>(json, EventTypes.Json)!);
        Assert.Same(one.Rack, other.Rack);
        Assert.Same(one.Release, other.Release);
    }

    private static Host Draw(Random random)
    {
        string Name(string of) => $"{of}{random.Next(5)}{(random.Next(20) == 0 ? "\"ä\\" : "")}";
        T Any<T>() where T : struct, Enum => Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];
        string? Maybe(string of) => random.Next(2) == 0 ? null : Name(of);
        SaidSince? Since() => random.Next(2) == 0 ? null : new(Name("visit"), DateTimeOffset.UnixEpoch.AddSeconds(random.Next()));
        return new(Name("host"), Name("p"), Name("r"), Name("az"), Name("k"), Any<HostRole>(), Name("service"), Name("m"), random.Next(10_000), Any<HostDriver>())
        {
            Validator = random.Next(2) == 0,
            Release = Maybe("2026.11."),
            Firmware = Maybe("fw-"),
            OsPatch = Maybe("os-"),
            FirmwareSince = Since(),
            OsPatchSince = Since(),
            State = Any<HostState>(),
            Token = random.NextInt64(),
        };
    }
}
