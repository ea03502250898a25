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

    [Theory]
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
