using OpsConsole.Engine.Noodles.Steps;

namespace OpsConsole.Engine.Noodles.S3;

/// <summary>Signatures, good and bad, and presigned addresses.</summary>
internal sealed class AccessSteps : IStepLibrary
{
    public string Owner => "s3";

    public void Define(StepBook book)
    {
        book.Step("the object {string} is read with a wrong secret", "Signed with another secret than the customer's.", call => SignedAsync(call, "GET", wrongSecret: true, TimeSpan.Zero));
        book.Step("the object {string} is read with an unknown access key", "Signed by a key the target does not know.", async call =>
        {
            var client = new RawS3(call.World.Http, call.World.Target, new("nobody", "AKIANOBODYKNOWSTHIS0", "secret-of-nobody"), call.World.Clock);
            call.World.Last = await client.SendAsync(new("GET", call.S3().Bucket, call.Text(0)), call.Cancel).ConfigureAwait(false);
        });
        book.Step("the object {string} is read with a signature of {int} minutes ago", "By the clock of who signs.", call => SignedAsync(call, "GET", wrongSecret: false, TimeSpan.FromMinutes(-call.Number(1))));
        book.Step("an address for reading {string} that holds {int} seconds", "Presigned now; it is ${address}.", call => PresignAsync(call, "GET", call.Text(0), TimeSpan.Zero, call.Number(1)));
        book.Step("an address for reading {string} that held {int} seconds, an hour ago", "Presigned an hour ago; it is ${address}.", call => PresignAsync(call, "GET", call.Text(0), TimeSpan.FromHours(-1), call.Number(1)));
        book.Step("an address for putting {string} that holds {int} seconds", "Presigned now; it is ${address}.", call => PresignAsync(call, "PUT", call.Text(0), TimeSpan.Zero, call.Number(1)));
        book.Step("the address is opened", "GET of ${address} by anybody.", call => OpenAsync(call, "GET", call.World.Fill("${address}"), null));
        book.Step("the address is opened with the query {string} added", "GET of ${address}, changed.", call => OpenAsync(call, "GET", call.World.Fill("${address}") + "&" + call.Text(0), null));
        book.Step("the text {string} is put to the address", "PUT to ${address} by anybody.", call => OpenAsync(call, "PUT", call.World.Fill("${address}"), S3Calls.Bytes(call.Text(0))));
    }

    private static async Task SignedAsync(StepCall call, string method, bool wrongSecret, TimeSpan shift)
    {
        var account = (await call.AccountAsync().ConfigureAwait(false)).Account;
        var client = new RawS3(call.World.Http, call.World.Target, wrongSecret ? account with { Secret = "not-the-secret" } : account, call.World.Clock);
        call.World.Last = await client.SendAsync(new(method, call.S3().Bucket, call.Text(0)), call.Cancel, call.World.Clock.GetUtcNow() + shift).ConfigureAwait(false);
    }

    private static async Task PresignAsync(StepCall call, string method, string key, TimeSpan shift, int seconds)
    {
        var client = await call.ClientAsync().ConfigureAwait(false);
        call.World.Keep("address", client.Presign(new(method, call.S3().Bucket, key), call.World.Clock.GetUtcNow() + shift, TimeSpan.FromSeconds(seconds)));
    }

    private static async Task OpenAsync(StepCall call, string method, string address, byte[]? body) =>
        call.World.Last = await new RawS3(call.World.Http, call.World.Target, null, call.World.Clock).SendAsync(method, address, [], body, call.Cancel).ConfigureAwait(false);
}
