namespace OpsConsole.Engine.Journal;

/// <summary>
/// How a tick part works through several regions. Each region has a writer of its own, so that none waits for another; whether they share processors is not
/// for the part to say (law 12: a test runs them in turn and sees the same each time).
/// </summary>
public interface IRegionWork
{
    /// <summary>Done when all are done. What one throws, the caller gets after the others have ended.</summary>
    Task ForEachAsync<T>(IReadOnlyCollection<T> regions, Func<T, Task> work);
}

/// <summary>Regions side by side, on as many processors as there are.</summary>
public sealed class SideBySide : IRegionWork
{
    public Task ForEachAsync<T>(IReadOnlyCollection<T> regions, Func<T, Task> work) =>
        regions.Count < 2 ? InTurn.Only.ForEachAsync(regions, work) : Task.WhenAll(regions.Select(region => Task.Run(() => work(region))));
}

/// <summary>Each region is begun after the one before it has come as far as it can without waiting.</summary>
public sealed class InTurn : IRegionWork
{
    public static InTurn Only { get; } = new();

    public Task ForEachAsync<T>(IReadOnlyCollection<T> regions, Func<T, Task> work) => Task.WhenAll(regions.Select(work));
}
