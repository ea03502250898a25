using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Canaries.Scheduling;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.Canaries.Running;
using OpsConsole.Engine.ProvingGround.Probing;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.CanaryTargets;

/// <summary>The script <c>store-answers</c>: a round of what the probe asks and knows the answers of, under keys of the canary's own.</summary>
internal sealed class StoreScript(IStoreHosts hosts, CanaryKeySets sets) : ICanaryWork
{
    public const string Name = "store-answers";

    private const int Rounds = 6;

    public bool Does(Canary canary) => canary.Script == Name;

    public async Task DoAsync(CanaryAttempt attempt, CancellationToken cancel)
    {
        var set = sets.Take(attempt);
        try
        {
            await DoAsync(attempt, set, cancel).ConfigureAwait(false);
        }
        finally
        {
            sets.GiveBack(set);
        }
    }

    private async Task DoAsync(CanaryAttempt attempt, string set, CancellationToken cancel)
    {
        var chance = Spread.Of(0, attempt.Text.Run);
        var script = new ProbeScript(set, (int)(chance * int.MaxValue), () => hosts.BesideOf(attempt.Target.Host));
        if (!await attempt.AskAsync("bucket", Request(attempt.Target.Address, new("bucket", "PUT", $"/{ProbeScript.Bucket}", _ => null) { Body = [] }), answer => answer.Status is 200 or 409 ? null : $"expected 200 or 409, got {answer.Status}", cancel).ConfigureAwait(false))
        {
            return;
        }

        foreach (var asked in script.Round((int)(chance * Rounds)))
        {
            if (asked.At is { } other)
            {
                if (await attempt.PrepareAsync(Request(hosts.AddressOf(other), asked), cancel).ConfigureAwait(false) is not { } prepared)
                {
                    return;
                }

                asked.Wrong(new S3Answer(prepared.Status, prepared.Headers, prepared.Body));
            }
            else if (!await attempt.AskAsync(StepName(asked.Expectation), Request(attempt.Target.Address, asked), answer => asked.Wrong(new S3Answer(answer.Status, answer.Headers, answer.Body)) is { } wrong ? $"{asked.Expectation}{asked.About}: {wrong}" : null, cancel).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    /// <summary>A metric's dimension: letters, digits and hyphens.</summary>
    private static string StepName(string expectation) => string.Concat(expectation.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));

    private static HttpRequestMessage Request(Uri address, ProbeRequest asked)
    {
        var target = UriEncoding.Encode(asked.Path, keepSlash: true) + (asked.Query.Length > 0 ? "?" + string.Join('&', asked.Query.Select(pair => $"{UriEncoding.Encode(pair.Name)}={UriEncoding.Encode(pair.Value)}")) : "");
        var request = new HttpRequestMessage(new HttpMethod(asked.Method), new Uri(address.GetLeftPart(UriPartial.Authority) + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (asked.Body is { } body)
        {
            request.Content = new ByteArrayContent(body);
        }

        foreach (var (name, value) in asked.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }
}
