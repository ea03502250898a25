using System.Collections.Immutable;
using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Engine.Alarms.Streams;
using OpsConsole.Engine.Noodles.Http;
using OpsConsole.Engine.Noodles.Running;
using OpsConsole.Engine.Noodles.Steps;

namespace OpsConsole.Engine.Noodles.Pools;

/// <summary>The pools of all targets: accounts with their buckets; metrics of the console's store; and names for what is only named (logs, prefixes), of which none is given twice.</summary>
/// <param name="metrics">The console's; where there is no console, a store of the run's own.</param>
public sealed class NoodlePools(NoodleHttp http, TimeProvider clock, MetricStore? metrics = null)
{
    private const int MostTargets = 500;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (LeasePool<PooledAccount> Pool, AccountKeeper Keeper)> _accounts = [];
    private readonly List<PooledAccount> _seen = [];
    private long _names;

    public MetricPool Metrics { get; } = new(metrics ?? new MetricStore(clock), clock);

    /// <summary>Those that something was leased from.</summary>
    public ImmutableArray<PoolView> Views
    {
        get
        {
            lock (_lock)
            {
                return [.. _accounts.Values.Select(one => one.Pool.View).OrderBy(view => view.Target, StringComparer.Ordinal), .. new[] { Metrics.View }.Where(view => view.Leases > 0)];
            }
        }
    }

    /// <summary>Names given so far.</summary>
    public long Names => Interlocked.Read(ref _names);

    /// <summary>A name for a log, a prefix or the like, that no other scenario has or had.</summary>
    public string NewName(string kind) => $"noodle/{kind}/{clock.GetUtcNow().ToUnixTimeMilliseconds():x}-{Interlocked.Increment(ref _names)}";

    public async Task<ImmutableArray<PooledAccount>> AccountsAsync(NoodleWorld world, int many, CancellationToken cancel)
    {
        var (pool, _) = Of(world.Target);
        var leased = await pool.LeaseAsync(many, world.Pickle.Id, cancel).ConfigureAwait(false);
        lock (_lock)
        {
            _seen.AddRange(leased.Where(account => !_seen.Contains(account)));
        }

        foreach (var account in leased)
        {
            // Cleaned up whatever becomes of the scenario, also when it was cancelled.
            world.AtEnd(() => pool.ReturnAsync(account));
        }

        return leased;
    }

    /// <summary>Takes away all that was made on this target; for one that is not come back to.</summary>
    public async Task<ImmutableArray<string>> RetireAsync(NoodleTarget target, CancellationToken cancel)
    {
        var (_, keeper) = Of(target);
        PooledAccount[] seen;
        lock (_lock)
        {
            seen = [.. _seen.Where(account => target.Accounts.Contains(account.Account))];
        }

        var faults = ImmutableArray.CreateBuilder<string>();
        foreach (var account in seen)
        {
            if (await keeper.RetireAsync(account, cancel).ConfigureAwait(false) is { } fault)
            {
                faults.Add(fault);
            }
        }

        return faults.ToImmutable();
    }

    private (LeasePool<PooledAccount> Pool, AccountKeeper Keeper) Of(NoodleTarget target)
    {
        lock (_lock)
        {
            // Vantages of one store are one store: its accounts are the same.
            var name = target.Accounts.IsEmpty ? target.Endpoint.ToString() : string.Join(' ', target.Accounts.Select(account => account.AccessKey));
            if (!_accounts.TryGetValue(name, out var found))
            {
                if (_accounts.Count == MostTargets)
                {
                    throw new BrokenTestException($"There are pools for {MostTargets} targets already.");
                }

                var keeper = new AccountKeeper(target, http, clock);
                _accounts[name] = found = (new(keeper, target.Name, clock), keeper);
            }

            // The newest address is the one that answers: hosts come and go.
            found.Keeper.Target = target;
            return found;
        }
    }
}
