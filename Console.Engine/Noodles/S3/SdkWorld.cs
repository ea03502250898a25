using Amazon.Runtime;
using Amazon.S3;
using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Engine.Noodles.Steps;

namespace OpsConsole.Engine.Noodles.S3;

/// <summary>Amazon's own client for .NET, as it comes, with all it asks written down as evidence.</summary>
internal sealed class SdkWorld : IDisposable
{
    private AmazonS3Client? _client;

    /// <summary>The error code of the newest call; empty where it succeeded.</summary>
    public string Error { get; set; } = "";

    /// <summary>What the newest call gave.</summary>
    public string Text { get; set; } = "";

    public List<string> Keys { get; } = [];

    public AmazonS3Client Client(StepCall call, NoodleAccount account) =>
        _client ??= new(
            new BasicAWSCredentials(account.AccessKey, account.Secret),
            new AmazonS3Config
            {
                ServiceURL = call.World.Target.Endpoint.ToString(),
                ForcePathStyle = call.World.Target.PathStyle,
                AuthenticationRegion = call.World.Target.Region,
                MaxErrorRetry = 0,
                HttpClientFactory = new Factory(call),
            });

    public void Dispose() => _client?.Dispose();

    private sealed class Factory(StepCall call) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => call.World.Http;

        // The client is the scenario's, and goes with it.
        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

        public override string? GetConfigUniqueString(IClientConfig clientConfig) => null;
    }
}
