namespace OpsConsole.Engine.Noodles.Pools;

/// <summary>Knows how things of one kind are made and made clean again.</summary>
public interface IPoolKeeper<T>
    where T : class
{
    /// <summary>In the singular: <c>account</c>.</summary>
    string Kind { get; }

    /// <summary>How many there can be.</summary>
    int Most { get; }

    string NameOf(T thing);

    /// <param name="number">From 0, each once.</param>
    T Make(int number);

    /// <summary>Takes away what its last holder left, and looks whether it is all gone. Null where it is; else what is wrong.</summary>
    Task<string?> ScrubAsync(T thing, CancellationToken cancel);
}
