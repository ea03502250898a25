using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.History;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.Supervision;

namespace OpsConsole.Engine.ProvingGround.Drills;

/// <summary>
/// Customers ask while everything that may go wrong does; afterwards every key's history is judged: whether one copy could have given these answers. An acknowledged object
/// that is lost or changed, and a read that gives what was there before an acknowledged write, has no such history.
/// </summary>
public sealed class GroundDrill(GroundSupervisor supervisor, GroundClient client, GroundFolder folder, TimeProvider clock)
{
    private const int MostEvidence = 10;
    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(8);

    public async Task<DrillReport> RunAsync(DrillOptions options, CancellationToken cancel)
    {
        if (options.Requests is < 100 or > 10_000_000 || options.Customers is < 1 or > 256 || options.Keys < 1)
        {
            throw new ArgumentException("A drill has 100 to 10,000,000 requests, 1 to 256 customers and at least one key.", nameof(options));
        }

        await supervisor.Ready.WaitAsync(cancel).ConfigureAwait(false);
        using var http = GroundHttp.Make(limit: RequestLimit);
        var run = new DrillRun(options, new SignedClient(http, folder.Accounts().Guest, supervisor.Plan.Region, clock), supervisor.Plan.Router.Address, clock);
        await MakeBucketAsync(run, cancel).ConfigureAwait(false);
        var faults = new DrillFaults(run, supervisor, client);
        var customers = Enumerable.Range(0, options.Customers).Select(number => new DrillCustomer(number, run)).ToArray();
        using var customersGone = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var going = faults.GoAsync(customersGone.Token);
        await Task.WhenAll(customers.Select(customer => customer.GoAsync(cancel))).ConfigureAwait(false);
        await customersGone.CancelAsync().ConfigureAwait(false);
        await going.ConfigureAwait(false);
        cancel.ThrowIfCancellationRequested();
        await faults.AllBackAsync(cancel).ConfigureAwait(false);
        await ReadAllAsync(run, cancel).ConfigureAwait(false);
        return Judge(run, faults);
    }

    /// <summary>What was acknowledged must be there now, whether anybody happened to read it or not.</summary>
    private static async Task ReadAllAsync(DrillRun run, CancellationToken cancel)
    {
        var reader = new DrillCustomer(run.Options.Customers, run);
        await Parallel.ForEachAsync(Enumerable.Range(0, run.Options.Keys), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancel }, async (key, ending) =>
        {
            if (await reader.ReadAsync(DrillCustomer.Name(key), ending).ConfigureAwait(false) is null)
            {
                run.Odd($"{DrillCustomer.Name(key)} could not be read after the drill");
            }
        }).ConfigureAwait(false);
    }

    private static DrillReport Judge(DrillRun run, DrillFaults faults)
    {
        var judged = run.History.Judge().ToArray();
        var broken = judged.Where(one => one.Verdict.Outcome == HistoryOutcome.Broken).ToArray();
        var report = run.Report(judged.Length, broken.Length, judged.Count(one => one.Verdict.Outcome == HistoryOutcome.Unknown), faults.LeastRestarts, broken.Take(MostEvidence).Select(one => $"{one.Key}: {one.Verdict.Evidence}"));
        return report with { Faults = faults.Done.ToImmutableSortedDictionary(StringComparer.Ordinal) };
    }

    private static async Task MakeBucketAsync(DrillRun run, CancellationToken cancel)
    {
        var answer = await run.S3.SendAsync(run.Entrance, "PUT", "/" + DrillCustomer.Bucket, cancel).ConfigureAwait(false);
        if (answer.Status is not (200 or 409))
        {
            throw new InvalidOperationException($"the drill's bucket could not be made: {answer.Status} {answer.ErrorCode}");
        }
    }
}
