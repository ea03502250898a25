using System.Collections.Immutable;
using System.Text;
using OpsConsole.Domain.Noodles.Features;
using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Engine.Noodles.Http;
using OpsConsole.Engine.Noodles.Pools;
using OpsConsole.Engine.Noodles.Steps;

namespace OpsConsole.Engine.Noodles.S3;

/// <summary>What a scenario of a store has besides: its customers, its bucket, its upload.</summary>
internal sealed class S3World
{
    public ImmutableArray<PooledAccount> Accounts { get; set; } = [];

    public string Bucket { get; set; } = "";

    public string UploadKey { get; set; } = "";

    public string UploadId { get; set; } = "";

    public SortedDictionary<int, string> Parts { get; } = [];

    /// <summary>Who asks: 0 and 1 are customers, -1 is somebody who signs nothing.</summary>
    public int Who { get; set; }
}

internal static class S3Calls
{
    private const string AccountsTag = "@accounts-";

    public static S3World S3(this StepCall call) => call.World.Part<S3World>();

    /// <summary>The scenario's customers; leased at the first use, all of them at once. How many says the tag <c>@accounts-N</c>.</summary>
    public static async Task<PooledAccount> AccountAsync(this StepCall call, int number = 0)
    {
        var s3 = call.S3();
        if (s3.Accounts.IsEmpty)
        {
            s3.Accounts = await call.World.Pools.AccountsAsync(call.World, AccountsOf(call.World.Pickle), call.Cancel).ConfigureAwait(false);
        }

        return number < s3.Accounts.Length ? s3.Accounts[number] : throw new BrokenTestException($"The scenario has {s3.Accounts.Length} customer(s); give it the tag {AccountsTag}{number + 1}.");
    }

    /// <summary>How many customers the scenario's tag asks for; 1 where it has none.</summary>
    public static int AccountsOf(Pickle pickle) =>
        pickle.Tags.FirstOrDefault(one => one.StartsWith(AccountsTag, StringComparison.Ordinal)) is { } tag && int.TryParse(tag.AsSpan(AccountsTag.Length), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var many) ? many : 1;

    public static async Task<RawS3> ClientAsync(this StepCall call)
    {
        var who = call.S3().Who;
        NoodleAccount? account = who < 0 ? null : (await call.AccountAsync(who).ConfigureAwait(false)).Account;
        return new(call.World.Http, call.World.Target, account, call.World.Clock);
    }

    /// <summary>Asks, and keeps the answer as the newest.</summary>
    public static async Task<Answer> AskAsync(this StepCall call, S3Ask ask)
    {
        var client = await call.ClientAsync().ConfigureAwait(false);
        return call.World.Last = await client.SendAsync(ask, call.Cancel).ConfigureAwait(false);
    }

    /// <summary>For what is given: it must succeed, whoever is to be tested afterwards.</summary>
    public static async Task<Answer> MustAsync(this StepCall call, S3Ask ask)
    {
        var answer = await call.AskAsync(ask).ConfigureAwait(false);
        Check.That(answer.Status is >= 200 and < 300, $"{ask.Method} /{ask.Bucket}/{ask.Key} should succeed and answers {answer.Status}: '{S3Answers.Short(answer.Text)}'.");
        return answer;
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The same bytes for the same size, wherever they are needed.</summary>
    public static byte[] Bytes(int size)
    {
        var made = new byte[size];
        var state = 0x9E3779B9u ^ (uint)size;
        for (var at = 0; at < size; at++)
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            made[at] = (byte)state;
        }

        return made;
    }
}
