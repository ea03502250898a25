namespace OpsConsole.Web.ProvingGround;

/// <summary>What can be tried on the proving ground, for people. Nothing that decides reads this: the console finds out by observing.</summary>
public static class Tries
{
    public static IReadOnlyList<Try> Releases { get; } =
    [
        new("2026.11.1", "A good release: it should finish."),
        new("2026.11.2", "Does not start."),
        new("2026.11.3", "Four requests in a hundred wait half a second; the median does not show it."),
        new("2026.11.4", "Forgets one condition of reads: 200 where 304 is right."),
        new("2026.12.2", "Leaks memory with every request."),
        new("2026.12.3", "Changes a byte of what it stores now and then."),
        new("2026.12.4", "Fails for some ranges only."),
        new("2026.12.5", "Starts, and cannot reach its storage: an endpoint of another partition."),
        new("2027.1.1", "Another good release."),
        new("2027.1.2", "Wrong status for one combination of headers."),
        new("2027.1.3", "Refuses for another reason than it should where there are two."),
        new("2027.1.4", "Slow for one size of object only."),
        new("2027.2.1", "Spoils one shard in a thousand on its way to the disk."),
        new("2027.2.2", "Ignores one of the checksums customers send."),
        new("2027.2.3", "Serves listings that are up to a second old."),
        new("2027.2.4", "Loses its place on restart."),
    ];
}

/// <param name="Release">Version to start a rollout of.</param>
/// <param name="What">What is planted in it.</param>
public sealed record Try(string Release, string What);
