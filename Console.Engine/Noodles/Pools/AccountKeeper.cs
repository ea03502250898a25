using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Engine.Noodles.Http;
using OpsConsole.Engine.Noodles.S3;

namespace OpsConsole.Engine.Noodles.Pools;

/// <summary>Makes an account clean: its kept buckets are emptied, all others that were made go. Nothing is touched that Noodles did not make.</summary>
public sealed class AccountKeeper(NoodleTarget target, NoodleHttp http, TimeProvider clock) : IPoolKeeper<PooledAccount>
{
    // So that names of one console's life are not met by the next.
    private readonly string _born = clock.GetUtcNow().ToUnixTimeMilliseconds().ToString("x", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Where the accounts are customers, by the address used last.</summary>
    public NoodleTarget Target { get; set; } = target;

    public string Kind => "account";

    public int Most => Target.Accounts.Length;

    public string NameOf(PooledAccount thing) => thing.Account.Name;

    public PooledAccount Make(int number) => new(Target.Accounts[number], $"noodle-{_born}-{number}");

    public async Task<string?> ScrubAsync(PooledAccount thing, CancellationToken cancel)
    {
        var evidence = new Evidence();
        using var client = http.Client(evidence, new Secrets([thing.Account.Secret]), clock);
        var sweeper = new BucketSweeper(new RawS3(client, Target, thing.Account, clock));
        thing.Taken = 0;
        foreach (var bucket in thing.Scratch.ToArray())
        {
            if (await sweeper.RemoveAsync(bucket, cancel).ConfigureAwait(false) is { } fault)
            {
                return fault;
            }

            thing.Forget(bucket);
        }

        foreach (var bucket in thing.Buckets.ToArray())
        {
            if (await sweeper.EmptyAsync(bucket, cancel).ConfigureAwait(false) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    /// <summary>Takes the kept buckets away too, for a target that is not come back to.</summary>
    internal async Task<string?> RetireAsync(PooledAccount thing, CancellationToken cancel)
    {
        foreach (var bucket in thing.Buckets.ToArray())
        {
            thing.Forget(bucket);
            using var client = http.Client(new Evidence(), new Secrets([thing.Account.Secret]), clock);
            if (await new BucketSweeper(new RawS3(client, Target, thing.Account, clock)).RemoveAsync(bucket, cancel).ConfigureAwait(false) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }
}
