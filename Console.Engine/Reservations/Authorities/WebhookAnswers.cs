using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Engine.Reservations.Authorities;

/// <summary>
/// Questions to services over HTTP and their answers. A question is a signed POST; the answer must be signed with the same key over the same id, come in time and be well formed: anything else is no answer.
/// </summary>
public sealed class WebhookAnswers(TimeProvider clock) : IDisposable
{
    /// <summary>One request asks a service about at most so many hosts.</summary>
    public const int MostHosts = 10;
    private const int MostKept = 10_000;
    private const int MostBytes = 64 << 10;

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) }) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MostBytes };
    private readonly ConcurrentDictionary<Key, (SafetyAnswer Answer, DateTimeOffset At)> _answers = new();
    private readonly ConcurrentDictionary<Uri, (string Text, StoredBytes Bytes)> _bytes = new();
    private readonly ConcurrentDictionary<(string Region, string Host), (WebhookFile File, SafetyQuestion Question)> _open = new();

    /// <summary>What the service said about exactly this; null where it was not asked.</summary>
    public SafetyAnswer? Find(SafetyQuestion question) =>
        _answers.TryGetValue(KeyOf(question), out var known) ? known.Answer with { Age = known.Answer.Age + (clock.GetUtcNow() - known.At) } : null;

    /// <summary>What the service said last that its hosts hold; null where it said nothing of it. The same object while it says the same.</summary>
    internal StoredBytes? BytesOf(WebhookFile file) => _bytes.TryGetValue(file.Url, out var known) ? known.Bytes : null;

    internal SafetyAnswer Keep(WebhookFile file, SafetyQuestion question)
    {
        if (_open.Count < MostKept)
        {
            _open[(question.Fleet.Region, question.Host.Id)] = (file, question);
        }

        return SafetyAnswer.None("it has not been asked about the charges as they are now");
    }

    /// <summary>Asks what the last decision about the host lacked. False where it lacked nothing.</summary>
    public async Task<bool> FetchAsync(string region, string host, CancellationToken cancel)
    {
        if (!_open.TryRemove((region, host), out var open))
        {
            return false;
        }

        var answer = await AskAsync(open.File, open.Question, cancel).ConfigureAwait(false);
        if (_answers.Count >= MostKept)
        {
            _answers.Clear();
        }

        _answers[KeyOf(open.Question)] = (answer, clock.GetUtcNow());
        return true;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>HMAC-SHA256 over <c>id.timestamp.body</c> in base64, after <c>v1,</c>: as Standard Webhooks writes it.</summary>
    public static string Sign(string key, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key));
        hmac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hmac.AppendData(body);
        return $"v1,{Convert.ToBase64String(hmac.GetHashAndReset())}";
    }

    private async Task<SafetyAnswer> AskAsync(WebhookFile file, SafetyQuestion question, CancellationToken cancel)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(file.TimeoutMs);
        try
        {
            var (id, timestamp) = ($"q-{Guid.NewGuid():n}", clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            var body = JsonSerializer.SerializeToUtf8Bytes(WebhookQuestion.Of(question), WebhookQuestion.Json);
            using var request = new HttpRequestMessage(HttpMethod.Post, file.Url) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
            request.Headers.Add("webhook-id", id);
            request.Headers.Add("webhook-timestamp", timestamp);
            request.Headers.Add("webhook-signature", Sign(file.Key, id, timestamp, body));
            using var response = await _http.SendAsync(request, late.Token).ConfigureAwait(false);
            var said = await response.Content.ReadAsByteArrayAsync(late.Token).ConfigureAwait(false);
            return !response.IsSuccessStatusCode ? SafetyAnswer.None($"it answered {(int)response.StatusCode}")
                : !Signed(file, id, timestamp, said, response) ? SafetyAnswer.None("its answer is not signed with the shared key")
                : WebhookSaid.Read(said) is { } read ? Heard(file, read) : SafetyAnswer.None("its answer could not be read");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return SafetyAnswer.None($"it said nothing within {file.TimeoutMs} ms");
        }
        catch (HttpRequestException e)
        {
            return SafetyAnswer.None(e.Message);
        }
    }

    private SafetyAnswer Heard(WebhookFile file, WebhookSaid said)
    {
        if (said.Bytes is not { } bytes)
        {
            _bytes.TryRemove(file.Url, out _);
        }
        else if (bytes.Text() is var text && !(_bytes.TryGetValue(file.Url, out var known) && known.Text == text))
        {
            _bytes[file.Url] = (text, bytes.Stated());
        }

        return said.Answer();
    }

    private static bool Signed(WebhookFile file, string id, string timestamp, byte[] body, HttpResponseMessage response) =>
        response.Headers.TryGetValues("webhook-signature", out var signatures)
        && signatures.Any(signature => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(Sign(file.Key, id, timestamp, body))));

    private static Key KeyOf(SafetyQuestion question) => new(question.Fleet.Region, question.Host.Id, question.Tier, question.Held.Ledger);

    private readonly record struct Key(string Region, string Host, SafetyTier Tier, long Ledger);
}
