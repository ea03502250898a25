using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Probing;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Web;

/// <summary>A fresh host's own first requests: code is compiled and connections are made before customers come. What is answered does not matter, and 4 seconds are enough.</summary>
internal static class WarmUp
{
    private const int Rounds = 12;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    public static async Task RunAsync(RoleContext context, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Limit, context.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        using var http = GroundHttp.Make();
        var client = new SignedClient(http, context.Folder.Accounts().Probe, context.Plan.Current.Region, context.Clock);
        var path = $"/{ProbeScript.Bucket}/{context.Me.Id}/warm-up";
        try
        {
            for (var round = 0; round < Rounds; round++)
            {
                await client.SendAsync(context.Me.Address, "PUT", path, both.Token, new byte[4_096], [("x-amz-meta-probe", "warm-up")]).ConfigureAwait(false);
                await client.SendAsync(context.Me.Address, "GET", path, both.Token, headers: [("Range", "bytes=0-9")]).ConfigureAwait(false);
                await client.SendAsync(context.Me.Address, "GET", path, both.Token, headers: [("If-None-Match", "*")]).ConfigureAwait(false);
                await client.SendAsync(context.Me.Address, "GET", $"/{ProbeScript.Bucket}", both.Token, query: [("list-type", "2"), ("prefix", context.Me.Id)]).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // A host that is not warm is a host all the same.
        }
    }
}
