namespace OpsConsole.Domain.ProvingGround.Routing;

/// <param name="Weight">Share of traffic relative to the others, 0 to 1,000; 0 takes none.</param>
/// <param name="Drained">Takes none for now, whatever its weight.</param>
public sealed record HostWeight(int Weight, bool Drained)
{
    public const int Usual = 100;

    public const int Most = 1_000;

    public bool Takes => Weight > 0 && !Drained;
}

/// <summary>A weight for a while: who wanted it must go on wanting it.</summary>
/// <param name="Until">When it falls back by itself unless it is renewed.</param>
public sealed record LeasedWeight(HostWeight Weight, DateTimeOffset Until);
