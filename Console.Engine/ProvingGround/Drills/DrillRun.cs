using System.Collections.Concurrent;
using System.Globalization;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Drills;

/// <summary>What customers and faults of one drill share.</summary>
internal sealed class DrillRun(DrillOptions options, SignedClient s3, Uri entrance, TimeProvider clock)
{
    private const int MostWords = 10;
    private const int BetweenProgress = 10_000;

    private readonly ConcurrentQueue<string> _words = new();
    private readonly long _began = clock.GetTimestamp();
    private long _taken;
    private long _acknowledged;
    private long _unanswered;
    private long _reads;
    private long _unavailable;
    private long _unavailableOneAzGone;

    public DrillOptions Options => options;

    public SignedClient S3 => s3;

    public Uri Entrance => entrance;

    public TimeProvider Clock => clock;

    public DrillHistory History { get; } = new();

    public DrillPace Pace { get; } = new(options.Requests, clock);

    /// <summary>Set while one whole AZ is gone for longer than it takes to notice, and nothing else is wrong.</summary>
    public volatile bool OneAzGone;

    /// <summary>Ticks of the monotonic clock since the start.</summary>
    public long Now => clock.GetElapsedTime(_began).Ticks;

    public long Taken => Math.Min(Interlocked.Read(ref _taken), options.Requests);

    public IEnumerable<string> Words => _words;

    public bool TakeRequest()
    {
        var taken = Interlocked.Increment(ref _taken);
        if (taken % BetweenProgress == 0 && taken <= options.Requests)
        {
            var took = clock.GetElapsedTime(_began);
            options.Progress?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{taken:N0} of {options.Requests:N0} requests in {took.TotalSeconds:F0} s, {taken / took.TotalSeconds:F0} a second; {Pace.Words}; {Interlocked.Read(ref _unavailable)} reads without an answer"));
        }

        return taken <= options.Requests;
    }

    public void Read() => Interlocked.Increment(ref _reads);

    public void Changed(bool acknowledged) => Interlocked.Increment(ref acknowledged ? ref _acknowledged : ref _unanswered);

    public void Unavailable(string words, bool oneAzGone)
    {
        Interlocked.Increment(ref _unavailable);
        if (oneAzGone)
        {
            Interlocked.Increment(ref _unavailableOneAzGone);
            Odd(words + ", with one AZ gone");
        }
    }

    /// <summary>An answer that should not have been; the first few are kept.</summary>
    public void Odd(string words)
    {
        if (_words.Count < MostWords)
        {
            _words.Enqueue(words);
        }
    }

    public DrillReport Report(int keys, int broken, int unknown, int leastRestarts, IEnumerable<string> evidence) =>
        new(
            options.Seed,
            Taken,
            Interlocked.Read(ref _acknowledged),
            Interlocked.Read(ref _unanswered),
            Interlocked.Read(ref _reads),
            Interlocked.Read(ref _unavailable),
            Interlocked.Read(ref _unavailableOneAzGone),
            keys,
            broken,
            unknown,
            leastRestarts,
            [.. evidence.Concat(_words).Take(2 * MostWords)])
        {
            Took = clock.GetElapsedTime(_began),
        };
}
