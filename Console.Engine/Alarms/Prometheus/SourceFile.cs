using System.Collections.Immutable;
using System.Text.Json;

namespace OpsConsole.Engine.Alarms.Prometheus;

/// <summary>A source of numbers outside the console.</summary>
/// <param name="Url">Of its HTTP API, without <c>/api/v1</c>.</param>
/// <param name="Bearer">Sent as the token; null for none.</param>
public sealed record OutsideSource(Uri Url, string? Bearer)
{
    /// <summary>How long an answer may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);
}

/// <summary>
/// The file <c>sources.json</c> in the data folder: <c>{ "prometheus": { "url": "http://127.0.0.1:9090", "timeoutMs": 3000, "bearer": "…" } }</c>. Read anew when
/// it changes; what is wrong with it is said by every gate that needs it.
/// </summary>
public sealed class SourceFile(string path)
{
    public const string Name = "sources.json";
    private const long MostBytes = 64 * 1024;

    private readonly Lock _lock = new();
    private (DateTime Written, ImmutableDictionary<string, OutsideSource> Sources, string? Wrong) _read = (default, ImmutableDictionary<string, OutsideSource>.Empty, null);

    /// <summary>Null where there is none of the name; <paramref name="wrong"/> then says why.</summary>
    public OutsideSource? Find(string name, out string? wrong)
    {
        lock (_lock)
        {
            Read();
            var found = _read.Sources.GetValueOrDefault(name);
            wrong = found is not null ? null : _read.Wrong ?? $"the file {Name} in the data folder names no source '{name}'";
            return found;
        }
    }

    private void Read()
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                _read = (default, ImmutableDictionary<string, OutsideSource>.Empty, $"there is no file {Name} in the data folder that says where it is");
                return;
            }

            if (file.LastWriteTimeUtc == _read.Written)
            {
                return;
            }

            _read = file.Length > MostBytes ? (file.LastWriteTimeUtc, ImmutableDictionary<string, OutsideSource>.Empty, $"the file {Name} is larger than {MostBytes} bytes") : (file.LastWriteTimeUtc, Parse(File.ReadAllBytes(path)), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            _read = (_read.Written, ImmutableDictionary<string, OutsideSource>.Empty, $"the file {Name} in the data folder cannot be read: {e.Message}");
        }
    }

    private static ImmutableDictionary<string, OutsideSource> Parse(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        return document.RootElement.EnumerateObject().ToImmutableDictionary(source => source.Name, source => Parse(source.Name, source.Value));
    }

    private static OutsideSource Parse(string name, JsonElement source)
    {
        var text = source.ValueKind == JsonValueKind.Object && source.TryGetProperty("url", out var given) ? given.GetString() : null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw new FormatException($"'{name}' has no url that begins with http:// or https://");
        }

        var timeout = source.TryGetProperty("timeoutMs", out var ms) ? ms.GetInt32() : 3_000;
        return timeout is < 100 or > 30_000
            ? throw new FormatException($"'{name}' has a timeoutMs of {timeout}; give 100 to 30000")
            : new(new Uri(url.AbsoluteUri.TrimEnd('/') + "/"), source.TryGetProperty("bearer", out var bearer) ? bearer.GetString() : null) { Timeout = TimeSpan.FromMilliseconds(timeout) };
    }
}
