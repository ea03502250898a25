using System.Text.Json;
using OpsConsole.Web;

namespace OpsConsole.Tests.Journal;

public sealed class JournalBenchTests
{
    [Fact]
    public async Task The_last_line_is_one_json_object_with_the_named_figures()
    {
        using var output = new StringWriter();
        Assert.Equal(0, await Verbs.RunAsync(["bench", "journal", "--events", "8000", "--json"], output));

        using var report = JsonDocument.Parse(output.ToString().TrimEnd().Split('\n')[^1]);
        Assert.Equal("journal", report.RootElement.GetProperty("bench").GetString());
        Assert.All(new[] { "events_per_s", "raw_events_per_s", "ratio", "p99_ms" }, name => Assert.True(report.RootElement.GetProperty("figures").GetProperty(name).GetDouble() > 0));
        Assert.True(report.RootElement.TryGetProperty("machine", out _));
    }
}
