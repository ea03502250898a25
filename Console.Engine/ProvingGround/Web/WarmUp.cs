using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Probing;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Web;

/// <summary>
/// A fresh host's own first requests, one of each kind that customers make: code is compiled and connections are made before they come. Else the first of each kind are what a 99th percentile of few
/// answers shows, and a good release is taken for a slow one. What is answered does not matter. It ends when a whole round was fast, and in any case after <see cref="Limit"/>.
/// </summary>
internal static class WarmUp
{
    private const int LeastRounds = 2;
    private const int MostRounds = 12;

    private static readonly TimeSpan Fast = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    public static async Task RunAsync(RoleContext context, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Limit, context.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        using var http = GroundHttp.Make();
        var client = new SignedClient(http, context.Folder.Accounts().Probe, context.Plan.Current.Region, context.Clock);

        // Keys beside those of the host's own probe, which must find what it wrote.
        var script = new ProbeScript($"warm-up-{context.Me.Id}", seed: 0, () => context.Me.Id);
        try
        {
            for (var (round, fast) = (0, 0); round < MostRounds && fast < LeastRounds; round++)
            {
                fast = await SlowestAsync(script.Round(round), client, context, both.Token).ConfigureAwait(false) <= Fast ? fast + 1 : 0;
            }
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // A host that is not warm is a host all the same.
        }
    }

    private static async Task<TimeSpan> SlowestAsync(IEnumerable<ProbeRequest> round, SignedClient client, RoleContext context, CancellationToken cancel)
    {
        var slowest = TimeSpan.Zero;
        foreach (var request in round)
        {
            var began = context.Clock.GetTimestamp();
            var answer = await client.SendAsync(context.Me.Address, request.Method, request.Path, cancel, request.Body, request.Headers, request.Query).ConfigureAwait(false);
            slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, context.Clock.GetElapsedTime(began).Ticks));

            // The next page of a listing is asked by what the answer holds; whether it is right is the probe's question.
            request.Wrong(answer);
        }

        return slowest;
    }
}
