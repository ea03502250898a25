namespace OpsConsole.Engine.ProvingGround.Measures.Load;

/// <summary>One kind of request, sent by so many workers, each of which waits for its answer before it sends the next.</summary>
/// <param name="Name">As it begins the names of its figures: <c>get_4k</c>.</param>
/// <param name="Bytes">Of a body, sent or answered.</param>
/// <param name="Workers">As many connections as that.</param>
/// <param name="SendAsync">The worker and its how-manieth request of this phase, from 0; false where it has nothing more to ask. Throws where the answer is not what it must be.</param>
internal sealed record LoadPhase(string Name, int Bytes, int Workers, Func<int, int, CancellationToken, Task<bool>> SendAsync);

/// <summary>What came of one run of a phase.</summary>
/// <param name="Ticks">How long each request took, in ticks of the monotonic clock, in no order.</param>
internal sealed record LoadResult(int Bytes, TimeSpan Took, IReadOnlyList<long> Ticks)
{
    public double PerSecond => Ticks.Count / Took.TotalSeconds;

    /// <summary>Millions of bytes a second.</summary>
    public double MegabytesPerSecond => PerSecond * Bytes / 1e6;
}
