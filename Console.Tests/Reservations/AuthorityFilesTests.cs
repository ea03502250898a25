using System.Text;
using OpsConsole.Engine.Reservations.Authorities;

namespace OpsConsole.Tests.Reservations;

public sealed class AuthorityFilesTests
{
    private const string Good = """{"epoch": 3, "survive": [{"azLost": 1, "extraFailures": 0}], "sets": [{"id": "s1", "hosts": ["h1", "h2", "h3"], "k": 2}]}""";

    [Fact]
    public void A_placement_is_read()
    {
        var (placement, problem) = Read(Good);
        Assert.Null(problem);
        Assert.Equal((3, true, false), (placement!.Epoch, placement.Knows("h2"), placement.Knows("h9")));
    }

    [Fact]
    public void Tiers_local_groups_and_bytes_are_read_and_a_file_without_them_says_nothing_of_them()
    {
        Assert.Equal((true, true, true), (Read(Good).Placement!.Steady.IsEmpty, Read(Good).Placement!.Bytes is null, Read(Good).Placement!.Sets[0].Groups.IsEmpty));
        var (placement, problem) = Read("""
            {"epoch": 3, "survive": [{"azLost": 1, "extraFailures": 0}], "steady": [{"azLost": 1, "extraFailures": 1}], "sets": [{"id": "s1", "hosts": ["h1", "h2", "h3", "h4"], "k": 2, "groups": [[0, 1, 3]]}],
             "bytes": {"each": {"stored": 10, "free": 4}, "hosts": {"h2": {"stored": 7, "free": 1}}, "repairPerSecond": 5, "repairWithinSeconds": 60}}
            """);
        Assert.Null(problem);
        Assert.Equal(new(true, 1), Assert.Single(placement!.Steady));
        Assert.Equal([0, 1, 3], Assert.Single(placement.Sets[0].Groups).AsEnumerable());
        Assert.Equal((new(7, 1), new(10, 4), TimeSpan.FromMinutes(1)), (placement.Bytes!.Of("h2"), placement.Bytes.Of("h9"), placement.Bytes.RepairWithin!.Value));
    }

    [Theory]
    [InlineData("""{"epoch": 3, "survive": [{"azLost": 1, "extraFailures": 0}], "sets": [], "steady": [{"azLost": 1, "extraFailures": -1}]}""", "a scenario of steady")]
    [InlineData("""{"epoch": 3, "survive": [{"azLost": 1, "extraFailures": 0}], "sets": [], "bytes": {}}""", "bytes must say")]
    [InlineData("""{"epoch": 3, "survive": [{"azLost": 1, "extraFailures": 0}], "sets": [], "bytes": {"each": {"stored": -1, "free": 4}}}""", "bytes of each")]
    [InlineData("""{"epoch": 3, "survive": [{"azLost": 1, "extraFailures": 0}], "sets": [], "bytes": {"each": {"stored": 1, "free": 4}, "repairPerSecond": 4}}""", "both repairPerSecond")]
    [InlineData("""{"epoch": 3, "survive": [{"azLost": 1, "extraFailures": 0}], "sets": [{"id": "s1", "hosts": ["h1", "h2", "h3"], "k": 2, "groups": [[0, 1, 7]]}]}""", "the set s1 has a local group with the shard 7")]
    [InlineData("{", "not JSON")]
    [InlineData("""{"epoch": 3, "sets": []}""", "survive")]
    [InlineData("""{"epoch": 0, "survive": [{"azLost": 1, "extraFailures": 0}], "sets": []}""", "epoch must be 1")]
    [InlineData("""{"epoch": 3, "survive": [], "sets": []}""", "survive must hold")]
    [InlineData("""{"epoch": 3, "survive": [{"azLost": 2, "extraFailures": 0}], "sets": []}""", "azLost")]
    [InlineData("""{"epoch": 3, "survive": [{"azLost": 1, "extraFailures": 0}], "sets": [{"id": "s1", "hosts": ["h1", "h1"], "k": 1}]}""", "two shards on one host")]
    [InlineData("""{"epoch": 3, "survive": [{"azLost": 1, "extraFailures": 0}], "sets": [{"id": "s1", "hosts": ["h1"], "k": 2}]}""", "k = 2 of 1")]
    [InlineData("""{"epoch": 3, "survive": [{"azLost": 1, "extraFailures": 0}], "sets": [{"id": "s1", "hosts": ["h1"], "k": 1}, {"id": "s1", "hosts": ["h2"], "k": 1}]}""", "there twice")]
    [InlineData("""{"epoch": 3, "survive": [{"azLost": 1, "extraFailures": 0}], "sets": [], "spare": 1}""", "spare")]
    public void A_wrong_placement_says_what_is_wrong(string text, string words)
    {
        var (placement, problem) = Read(text);
        Assert.Null(placement);
        Assert.Contains(words, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("OpsConsole.", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"url": "ftp://x", "key": "0123456789012345678901234"}""", "url")]
    [InlineData("""{"url": "http://127.0.0.1:1/", "key": "short"}""", "key")]
    [InlineData("""{"url": "http://127.0.0.1:1/", "key": "0123456789012345678901234", "timeoutMs": 1}""", "timeoutMs")]
    public void A_wrong_webhook_says_what_is_wrong(string text, string words) =>
        Assert.Contains(words, WebhookFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text))).Problem, StringComparison.Ordinal);

    private static (OpsConsole.Domain.Reservations.Safety.PlacedSets? Placement, string? Problem) Read(string text) => PlacementFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
