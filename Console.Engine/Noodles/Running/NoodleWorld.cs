using System.Text.RegularExpressions;
using OpsConsole.Domain.Noodles.Features;
using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Engine.Noodles.Http;
using OpsConsole.Engine.Noodles.Pools;
using OpsConsole.Engine.Noodles.Steps;

namespace OpsConsole.Engine.Noodles.Running;

/// <summary>All that one scenario has: made for it, gone with it. There is nothing else that steps could share.</summary>
public sealed partial class NoodleWorld : IAsyncDisposable
{
    private const int MostKept = 200;
    private const int LongestKept = 100_000;

    private readonly Dictionary<string, string> _kept = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, object> _parts = [];
    private readonly List<Func<Task<string?>>> _endings = [];

    internal NoodleWorld(NoodleTarget target, Pickle pickle, NoodlePools pools, NoodleHttp http, TimeProvider clock, int attempt)
    {
        (Target, Pickle, Pools, Clock, Attempt) = (target, pickle, pools, clock, attempt);
        Secrets = new Secrets(target.Accounts.Select(account => account.Secret));
        Http = http.Client(Evidence, Secrets, clock);
    }

    public NoodleTarget Target { get; }

    public Pickle Pickle { get; }

    public NoodlePools Pools { get; }

    public TimeProvider Clock { get; }

    /// <summary>From 0.</summary>
    public int Attempt { get; }

    public Evidence Evidence { get; } = new();

    public Secrets Secrets { get; }

    /// <summary>Writes all it does to <see cref="Evidence"/>.</summary>
    public HttpClient Http { get; }

    /// <summary>The newest answer; what is said of "the status" and "the body" is said of it.</summary>
    public Answer? Last { get; set; }

    /// <exception cref="BrokenTestException">Nothing was asked yet.</exception>
    public Answer Answered => Last ?? throw new BrokenTestException("Nothing was asked yet, so there is no answer to look at.");

    /// <summary>A library's own state.</summary>
    public T Part<T>()
        where T : class, new()
    {
        if (!_parts.TryGetValue(typeof(T), out var part))
        {
            _parts[typeof(T)] = part = new T();
        }

        return (T)part;
    }

    /// <summary>Keeps a text for later steps, which write it <c>${name}</c>.</summary>
    public void Keep(string name, string text)
    {
        if (_kept.Count >= MostKept || text.Length > LongestKept)
        {
            throw new BrokenTestException($"A scenario keeps at most {MostKept} texts of {LongestKept} characters.");
        }

        _kept[name] = text;
    }

    public string? Kept(string name) => _kept.GetValueOrDefault(name);

    /// <exception cref="BrokenTestException">It names something that was not kept.</exception>
    public string Fill(string text) =>
        Name().Replace(text, match => _kept.TryGetValue(match.Groups[1].Value, out var kept) ? kept : throw new BrokenTestException($"Nothing was kept as '{match.Groups[1].Value}'; there are: {string.Join(", ", _kept.Keys.Order(StringComparer.Ordinal))}."));

    public void Attach(string text, string mediaType = "text/plain", string? fileName = null) => Attach(new Attachment(mediaType, text, Encoded: false, fileName));

    public void Attach(byte[] content, string mediaType, string? fileName = null) => Attach(new Attachment(mediaType, Convert.ToBase64String(content), Encoded: true, fileName));

    /// <summary>Does this when the scenario is over, whatever became of it; the newest first. The answer is what went wrong, or null.</summary>
    public void AtEnd(Func<Task<string?>> ending) => _endings.Add(ending);

    /// <summary>Gives everything back. What could not be cleaned up is told, and kept from others.</summary>
    internal async Task<string?> EndAsync()
    {
        var faults = new List<string>();
        for (var at = _endings.Count - 1; at >= 0; at--)
        {
            if (await _endings[at]().ConfigureAwait(false) is { } fault)
            {
                faults.Add(fault);
            }
        }

        _endings.Clear();
        return faults.Count == 0 ? null : string.Join(' ', faults);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync().ConfigureAwait(false);
        Http.Dispose();
        foreach (var part in _parts.Values.OfType<IDisposable>())
        {
            part.Dispose();
        }
    }

    private void Attach(Attachment attachment)
    {
        if (!Evidence.Attach(attachment))
        {
            throw new BrokenTestException("A step attaches at most 20 things of 256 KiB.");
        }
    }

    [GeneratedRegex(@"\$\{([A-Za-z][A-Za-z0-9_-]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
