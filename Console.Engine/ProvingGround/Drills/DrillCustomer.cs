using System.Globalization;
using System.Text;
using System.Xml.Linq;
using OpsConsole.Domain.ProvingGround.History;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Drills;

/// <summary>One customer of the drill: puts, gets, deletes and lists shared keys, one request after another, and takes down what was answered when.</summary>
internal sealed class DrillCustomer(int number, DrillRun run)
{
    public const string Bucket = "drill";

    private const int ReadTries = 5;
    private const int KeysOfFolder = 8;
    private const int ListPercent = 5;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(400);

    private readonly Random _random = new((run.Options.Seed * 1_000) + number);
    private int _writes;

    public async Task GoAsync(CancellationToken cancel)
    {
        while (run.TakeRequest())
        {
            await run.Pace.WaitAsync(run.Taken, cancel).ConfigureAwait(false);
            var (key, dice) = (_random.Next(run.Options.Keys), _random.Next(100));
            var (written, deleted) = (run.Options.WritePercent, run.Options.WritePercent * 5 / 4);
            await (dice < written ? WriteAsync(Name(key), cancel)
                : dice < deleted ? DeleteAsync(Name(key), cancel)
                : dice < deleted + ListPercent ? ListAsync(key / KeysOfFolder, cancel)
                : ReadAsync(Name(key), cancel)).ConfigureAwait(false);
        }
    }

    public static string Name(int key) => string.Create(CultureInfo.InvariantCulture, $"f{key / KeysOfFolder}/k{key}");

    /// <summary>Reads are tried again: they change nothing, and a customer's own client would. Null where no try was answered.</summary>
    public async Task<string?> ReadAsync(string key, CancellationToken cancel)
    {
        var began = run.Now;
        var answer = await InsistAsync("GET", $"/{Bucket}/{key}", null, cancel).ConfigureAwait(false);
        if (answer is null)
        {
            return null;
        }

        var name = answer.Status == 200 ? run.History.Shared(DrillBody.NameOf(answer.Body)) : null;
        run.History.Add(key, new KeyOperation(OperationKind.Read, name, began, run.Now));
        run.Read();
        return name ?? "nothing";
    }

    private async Task WriteAsync(string key, CancellationToken cancel)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"c{number}-{++_writes}");
        var body = DrillBody.Make(name, Size());
        run.History.Wrote(ETag.Of(body), name);
        await ChangeAsync(new(OperationKind.Write, name, 0, 0), "PUT", key, body, cancel).ConfigureAwait(false);
    }

    private Task DeleteAsync(string key, CancellationToken cancel) => ChangeAsync(new(OperationKind.Delete, null, 0, 0), "DELETE", key, null, cancel);

    /// <summary>Never tried again: a second try that came late would be another write.</summary>
    private async Task ChangeAsync(KeyOperation operation, string method, string key, byte[]? body, CancellationToken cancel)
    {
        var began = run.Now;
        var answer = await TryAsync(method, $"/{Bucket}/{key}", null, body, cancel).ConfigureAwait(false);
        var done = answer?.Status is 200 or 204;
        if (answer is { Status: >= 400 and < 500 })
        {
            run.Odd($"{method} {key}: {answer.Status} {answer.ErrorCode}");
            return;
        }

        run.History.Add(key, operation with { Began = began, Ended = done ? run.Now : KeyOperation.Never });
        run.Changed(done);
    }

    /// <summary>A listing reads every key of a folder at once.</summary>
    private async Task ListAsync(int folder, CancellationToken cancel)
    {
        var began = run.Now;
        (string, string)[] query = [("list-type", "2"), ("prefix", string.Create(CultureInfo.InvariantCulture, $"f{folder}/"))];
        if (await InsistAsync("GET", "/" + Bucket, query, cancel).ConfigureAwait(false) is not { Status: 200 } answer)
        {
            return;
        }

        var ended = run.Now;
        var document = XDocument.Parse(Encoding.UTF8.GetString(answer.Body)).Root!;
        var listed = document.Elements(document.Name.Namespace + "Contents").ToDictionary(
            found => found.Element(document.Name.Namespace + "Key")!.Value,
            found => run.History.NameOf(found.Element(document.Name.Namespace + "ETag")!.Value.Trim('"')),
            StringComparer.Ordinal);
        foreach (var key in Enumerable.Range(folder * KeysOfFolder, KeysOfFolder).Where(key => key < run.Options.Keys).Select(Name))
        {
            run.History.Add(key, new KeyOperation(OperationKind.Read, listed.GetValueOrDefault(key), began, ended));
        }

        run.Read();
    }

    private async Task<S3Answer?> InsistAsync(string method, string path, (string, string)[]? query, CancellationToken cancel)
    {
        var oneAzGone = run.OneAzGone;
        for (var attempt = 0; attempt < ReadTries; attempt++)
        {
            if (await TryAsync(method, path, query, null, cancel).ConfigureAwait(false) is { Status: < 500 } answer)
            {
                if (answer.Status is 200 or 404)
                {
                    return answer;
                }

                run.Odd($"{method} {path}: {answer.Status} {answer.ErrorCode}");
                return null;
            }

            await Task.Delay(BetweenTries * (attempt + 1), run.Clock, cancel).ConfigureAwait(false);
        }

        run.Unavailable($"{method} {path} at {run.Clock.GetUtcNow():HH:mm:ss}: no answer in {ReadTries} tries", oneAzGone && run.OneAzGone);
        return null;
    }

    private async Task<S3Answer?> TryAsync(string method, string path, (string, string)[]? query, byte[]? body, CancellationToken cancel)
    {
        try
        {
            return await run.S3.SendAsync(run.Entrance, method, path, cancel, body, query: query).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>Mostly small; one in fifty over a megabyte, so that objects of several extents are among them.</summary>
    private int Size() => _random.Next(50) == 0 ? 1_000_000 + _random.Next(500_000) : 1 << _random.Next(6, 16);
}
