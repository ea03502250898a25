using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Engine.ProvingGround.Measures.Load;

namespace OpsConsole.Tests.ProvingGround.Measures;

[Collection(GroundCollection.Name)]
[Trait("Category", "Integration")]
public sealed class StoreMeasureTests(GroundFixture ground)
{
    [Fact]
    public async Task Every_figure_is_measured_over_a_real_ground_and_every_answer_is_checked()
    {
        var measure = ActivatorUtilities.CreateInstance<StoreMeasure>(ground.Services);
        var wanted = new StoreMeasureOptions { Rounds = 1, Each = TimeSpan.FromMilliseconds(300), Connections = 4, BigConnections = 2 };
        var figures = await measure.RunAsync(wanted, port => ["bench", "echo", "--port", port.ToString(CultureInfo.InvariantCulture)], CancellationToken.None);

        string[] named = ["put_4k_per_s", "get_4k_per_s", "get_4k_vs_echo", "get_4k_cold_per_s", "put_1m_mb_s", "get_1m_mb_s", "encode_gb_s", "fsync_per_s", "echo_get_4k_per_s", "put_4k_p99_ms", "get_1m_p50_ms"];
        Assert.All(named, name => Assert.True(figures[name] > 0, name));
    }

    [Fact]
    public async Task More_than_is_sensible_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => ActivatorUtilities.CreateInstance<StoreMeasure>(ground.Services).RunAsync(new StoreMeasureOptions { Connections = 1_000 }, _ => [], CancellationToken.None));
}
