namespace OpsConsole.Engine.ProvingGround.Measures.Load;

/// <summary>How long and how hard the store is measured.</summary>
public sealed record StoreMeasureOptions
{
    /// <summary>Each phase runs once in each; 1 to 99.</summary>
    public int Rounds { get; init; } = 7;

    /// <summary>Of one phase in one round.</summary>
    public TimeSpan Each { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Requests of 4 KB at once, 1 to 128.</summary>
    public int Connections { get; init; } = 32;

    /// <summary>Requests of 1 MB at once, 1 to 16.</summary>
    public int BigConnections { get; init; } = 4;
}
