using System.Text;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Tests.ProvingGround.Front;

/// <summary>A front of its own for each test, with the bucket <c>bucket</c> in it.</summary>
public abstract class FrontTests : IAsyncLifetime
{
    private protected FrontHost Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Host = await FrontHost.StartAsync();
        Is(200, await Host.SendAsync("PUT", "/bucket"));
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();

    private protected static S3Answer Is(int status, S3Answer answer, string code = "")
    {
        Assert.True(status == answer.Status && (code.Length == 0 || code == answer.ErrorCode), $"expected {status} {code}, got {answer.Status} {Encoding.UTF8.GetString(answer.Body.AsSpan(0, Math.Min(answer.Body.Length, 600)))}");
        return answer;
    }

    private protected static string Text(S3Answer answer) => Encoding.UTF8.GetString(answer.Body);

    /// <summary>The content of the first element of this name; empty where there is none.</summary>
    private protected static string Element(S3Answer answer, string name)
    {
        var text = Text(answer);
        var at = text.IndexOf($"<{name}>", StringComparison.Ordinal);
        return at < 0 ? "" : text[(at + name.Length + 2)..text.IndexOf($"</{name}>", at, StringComparison.Ordinal)];
    }

    private protected static byte[] Bytes(int size, int seed = 1)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
