using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.Supervision;

namespace OpsConsole.Engine.ProvingGround.Measures.Load;

/// <summary>
/// How fast the ground's store is, beside what it is made of: a plain Kestrel that answers as many bytes, and a plain file. The same client signs and sends all requests, over as many
/// connections, to one process; each round runs every phase once, so that what else the machine does at a moment is done to both sides of a comparison.
/// </summary>
public sealed class StoreMeasure(GroundSupervisor supervisor, GroundFolder folder, GroundOptions options, TimeProvider clock)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(700);

    /// <param name="echo">What the plain Kestrel's process is started with.</param>
    public async Task<IReadOnlyDictionary<string, double>> RunAsync(StoreMeasureOptions wanted, Func<int, string[]> echo, CancellationToken cancel)
    {
        if (wanted.Rounds is < 1 or > 99 || wanted.Connections is < 1 or > 128 || wanted.BigConnections is < 1 or > 16)
        {
            throw new ArgumentException("A measure has 1 to 99 rounds, 1 to 128 connections for small bodies and 1 to 16 for big ones.", nameof(wanted));
        }

        await supervisor.Ready.WaitAsync(cancel).ConfigureAwait(false);
        using var plain = await EchoProcess.StartAsync(options.Program, echo, folder.Root, clock, cancel).ConfigureAwait(false);
        using var http = GroundHttp.Make();
        var plan = supervisor.Plan;
        var client = new SignedClient(http, folder.Accounts().Guest, plan.Region, clock);
        var host = plan.Of(GroundRole.Web).First(web => !web.Validator);
        var load = new StoreLoad(client, host.Address, plan.Router.Address, plain.Address, wanted);
        await load.PrepareAsync(cancel).ConfigureAwait(false);
        await RoundAsync(new LoadRun(clock), load, WarmUp, cancel).ConfigureAwait(false);
        var run = new LoadRun(clock);
        for (var round = 0; round < wanted.Rounds; round++)
        {
            await RoundAsync(run, load, wanted.Each, cancel).ConfigureAwait(false);
        }

        return Figures(run);
    }

    private async Task RoundAsync(LoadRun run, StoreLoad load, TimeSpan each, CancellationToken cancel)
    {
        load.BeginRound();
        foreach (var phase in load.Phases)
        {
            await run.RunAsync(phase, each, cancel).ConfigureAwait(false);
        }

        var work = new PlainWork(folder.Root, clock);
        run.Keep("fsync", work.Fsync(StoreLoad.Small, each / 2));
        run.Keep("fsync_1m", work.Fsync(StoreLoad.Big, each / 2));
        run.Keep("encode", work.Encode(each / 4));
    }

    private static SortedDictionary<string, double> Figures(LoadRun run) =>
        new(run.Figures().ToDictionary(figure => figure.Name, figure => figure.Value), StringComparer.Ordinal)
        {
            ["get_4k_vs_echo"] = Math.Round(run.Ratio("get_4k", "echo_get_4k"), 3),
            ["get_4k_routed_vs_echo"] = Math.Round(run.Ratio("get_4k_routed", "echo_get_4k"), 3),
            ["get_1m_vs_echo"] = Math.Round(run.Ratio("get_1m", "echo_get_1m"), 3),
            ["put_4k_vs_fsync"] = Math.Round(run.Ratio("put_4k", "fsync"), 3),

            // Of one core: what a core does that others use meanwhile is not the code's speed, so the median extent counts and not their sum.
            ["encode_gb_s"] = Math.Round((1 << 20) / run.Time("encode", 0.5).TotalSeconds / 1e9, 2),
        };
}
