using OpsConsole.Domain.Canaries;
using OpsConsole.Engine.Canaries;

namespace OpsConsole.Engine.ProvingGround.CanaryTargets;

/// <summary>The canaries that ship with the ground: the life of one object, all that the probe knows the answers of, what shows only inside, and what storage hosts keep. None knows of any fault.</summary>
internal sealed class GroundCanaries(GroundOptions options) : IShippedCanaries
{
    public const string Bucket = "canary";

    /// <summary>Of the keys of single attempts: none meets another's, and what one leaves is told from what other canaries keep in the bucket.</summary>
    public const string Prefix = "turn-";

    private const string Key = $"/{Bucket}/{Prefix}{{run}}";
    private const string Bytes = "{bytes:4096}";

    /// <summary>Ten times what an answer of the ground usually takes.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(350);

    public IEnumerable<Canary> All =>
    [
        new("store-object", "web", new CanarySchedule(TimeSpan.FromSeconds(10)))
        {
            About = "Puts an object, gets it back whole and in part, and deletes it: what every customer does.",
            Regions = [options.Region],
            Steps =
            [
                new("bucket", "PUT", "/" + Bucket) { Body = "", Expect = Status(200, 409) },
                new("put", "PUT", Key) { Body = Bytes, Expect = Status(200) },
                new("get", "GET", Key) { Expect = new StepExpectation { Status = [200], Body = Bytes } },
                new("get-part", "GET", Key) { Headers = [new("Range", "bytes=0-99")], Expect = new StepExpectation { Status = [206], Headers = [new("Content-Range", "bytes 0-99/4096")] } },
                new("delete", "DELETE", Key) { Expect = Status(204) },
                new("gone", "GET", Key) { Expect = new StepExpectation { Status = [404], Contains = "NoSuchKey" } },
            ],
            Limits = new CanaryLimits { Step = TimeSpan.FromSeconds(3), Whole = TimeSpan.FromSeconds(8), Slow = Slow },
        },
        new("store-answers", "web", new CanarySchedule(TimeSpan.FromSeconds(20)))
        {
            About = "Asks what the probe asks: conditions, ranges, checksums of every kind, two things wrong at once, listings around writes.",
            Regions = [options.Region],
            Script = StoreScript.Name,
            Limits = new CanaryLimits { Step = TimeSpan.FromSeconds(3), Whole = TimeSpan.FromSeconds(15), Slow = Slow },
        },
        new("store-upkeep", "web", new CanarySchedule(TimeSpan.FromSeconds(60)))
        {
            About = "Has a validator store small objects and looks at each of their shards; asks so often that what it keeps of requests shows in its memory.",
            Regions = [options.Region],
            Vantages = [Vantage.Validator],
            Script = UpkeepScript.Name,
            Limits = new CanaryLimits { Step = TimeSpan.FromSeconds(3), Whole = TimeSpan.FromSeconds(40), Slow = TimeSpan.FromSeconds(3) },
        },
        new("store-shards", "storage", new CanarySchedule(TimeSpan.FromSeconds(60)))
        {
            About = "Has each storage host keep small shards, reads each back and takes it away: what a host acknowledged it must give back whole, though no reader would miss it.",
            Regions = [options.Region],
            Vantages = [Vantage.Inside],
            Script = ShardScript.Name,
            Limits = new CanaryLimits { Step = TimeSpan.FromSeconds(3), Whole = TimeSpan.FromSeconds(20), Slow = TimeSpan.FromSeconds(1) },
        },
    ];

    private static StepExpectation Status(params int[] any) => new() { Status = [.. any] };
}
