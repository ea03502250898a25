using System.Collections.Immutable;
using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Domain.Noodles.Signing;
using OpsConsole.Engine.Noodles.Http;

namespace OpsConsole.Engine.Noodles.S3;

/// <summary>Asks a store as HTTP, so that a test sees exactly what is answered.</summary>
/// <param name="account">Null: nothing is signed.</param>
public sealed class RawS3(HttpClient http, NoodleTarget target, NoodleAccount? account, TimeProvider clock)
{
    /// <param name="at">When it is said to be signed; now where null.</param>
    public Task<Answer> SendAsync(S3Ask ask, CancellationToken cancel, DateTimeOffset? at = null)
    {
        var (authority, path) = Address(ask.Bucket, ask.Key);
        ImmutableArray<(string, string)> headers = account is null ? ask.Headers : [.. ask.Headers, .. Signed(ask, authority, path, at ?? clock.GetUtcNow(), account)];
        return SendAsync(ask.Method, $"{authority}{path}{QueryOf(ask.Query)}", headers, ask.Body, cancel);
    }

    /// <summary>An address that anybody may open.</summary>
    /// <param name="from">Since when it holds.</param>
    public string Presign(S3Ask ask, DateTimeOffset from, TimeSpan holds)
    {
        var (authority, path) = Address(ask.Bucket, ask.Key);
        var signer = new RequestSigner(account!.AccessKey, account.Secret, target.Region, from);
        return $"{authority}{path}{QueryOf(signer.Presign(ask.Method, path, ask.Query, new Uri(authority).Authority, holds))}";
    }

    /// <summary>As it stands, unsigned.</summary>
    public async Task<Answer> SendAsync(string method, string address, ImmutableArray<(string Name, string Value)> headers, byte[]? body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (body is not null || method is "PUT" or "POST")
        {
            request.Content = new ByteArrayContent(body ?? []);
        }

        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                (request.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancel).ConfigureAwait(false);
        return new((int)answer.StatusCode, [.. RecordingHandler.HeadersOf(answer.Headers.NonValidated, answer.Content.Headers.NonValidated)], await answer.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false));
    }

    private ImmutableArray<(string, string)> Signed(S3Ask ask, string authority, string path, DateTimeOffset at, NoodleAccount who)
    {
        var signer = new RequestSigner(who.AccessKey, who.Secret, target.Region, at);
        var signed = ask.Headers.Where(header => header.Name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)).Append(("host", new Uri(authority).Authority));
        return signer.Headers(ask.Method, path, ask.Query, signed, RequestSigner.Sha256(ask.Body));
    }

    private (string Authority, string Path) Address(string bucket, string key)
    {
        var endpoint = target.Endpoint;
        var encoded = PercentEncoding.Encode(key, keepSlash: true);
        return target.PathStyle || bucket.Length == 0
            ? (endpoint.GetLeftPart(UriPartial.Authority), bucket.Length == 0 ? "/" : key.Length == 0 ? $"/{PercentEncoding.Encode(bucket)}" : $"/{PercentEncoding.Encode(bucket)}/{encoded}")
            : ($"{endpoint.Scheme}://{bucket}.{endpoint.Authority}", $"/{encoded}");
    }

    private static string QueryOf(ImmutableArray<(string Name, string Value)> query) =>
        query.IsEmpty ? "" : "?" + string.Join('&', query.Select(pair => $"{PercentEncoding.Encode(pair.Name)}={PercentEncoding.Encode(pair.Value)}"));
}
