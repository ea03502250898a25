using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using OpsConsole.Domain.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.S3;

/// <summary>A small S3 client of our own, for the customers and the probe: signs with version 4 and gives the raw answer, whatever it is.</summary>
internal sealed class SignedClient(HttpClient http, AccessKey key, string region, TimeProvider clock)
{
    /// <param name="path">Decoded: <c>/bucket/key</c>.</param>
    public async Task<S3Answer> SendAsync(Uri endpoint, string method, string path, CancellationToken cancel, byte[]? body = null, (string Name, string Value)[]? headers = null, (string Name, string Value)[]? query = null)
    {
        var at = clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{at[..8]}/{region}/s3/aws4_request";
        var payload = body is null ? SignatureV4.EmptySha256 : Convert.ToHexStringLower(SHA256.HashData(body));
        var signed = new List<(string Name, string Value)> { ("host", endpoint.Authority), ("x-amz-content-sha256", payload), ("x-amz-date", at) };
        signed.AddRange((headers ?? []).Where(header => header.Name.StartsWith("x-amz-", StringComparison.Ordinal)));
        var signature = SignatureV4.Sign(key.Secret, at, scope, SignatureV4.CanonicalRequest(method, path, query ?? [], signed, payload));
        var target = UriEncoding.Encode(path, keepSlash: true) + (query is { Length: > 0 } ? "?" + string.Join('&', query.Select(pair => $"{UriEncoding.Encode(pair.Name)}={UriEncoding.Encode(pair.Value)}")) : "");
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(endpoint.GetLeftPart(UriPartial.Authority) + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
        }

        foreach (var (name, value) in signed.Skip(1).Concat((headers ?? []).Where(header => !header.Name.StartsWith("x-amz-", StringComparison.Ordinal))))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"{SignatureV4.Algorithm} Credential={key.Id}/{scope}, SignedHeaders={string.Join(';', signed.Select(header => header.Name).Order(StringComparer.Ordinal))}, Signature={signature}");
        using var answer = await http.SendAsync(request, cancel).ConfigureAwait(false);
        var content = await answer.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false);
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Take(answer.Headers.NonValidated, all);
        Take(answer.Content.Headers.NonValidated, all);
        return new S3Answer((int)answer.StatusCode, all, content);
    }

    private static void Take(HttpHeadersNonValidated headers, Dictionary<string, string> into)
    {
        foreach (var (name, values) in headers)
        {
            into[name] = values.Count == 1 ? values.ToString() : string.Join(',', values);
        }
    }
}

/// <summary>What came back.</summary>
internal sealed record S3Answer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>Empty where there is no such header.</summary>
    public string Header(string name) => Headers.GetValueOrDefault(name, "");

    /// <summary>The error code in the body; empty where it holds none.</summary>
    public string ErrorCode
    {
        get
        {
            var text = System.Text.Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 2_000)));
            var at = text.IndexOf("<Code>", StringComparison.Ordinal);
            return at < 0 ? "" : text[(at + 6)..text.IndexOf('<', at + 6)];
        }
    }
}
