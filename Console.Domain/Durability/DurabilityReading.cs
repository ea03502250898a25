using System.Collections.Immutable;

namespace OpsConsole.Domain.Durability;

/// <summary>The sets as they stand, or as they would with an AZ gone.</summary>
/// <param name="ExpectedLost">Sets expected to be lost within the horizon, those lost already among them.</param>
/// <param name="AnyLost">Chance that at least one is.</param>
/// <param name="Missing">Shards that are not alive, of all sets.</param>
/// <param name="MostMissing">Of one set.</param>
/// <param name="BySlack">Sets that cannot be read now, then those of slack 0, 1, … to whole.</param>
public sealed record Outlook(long Sets, double ExpectedLost, double AnyLost, long Missing, int MostMissing, ImmutableArray<long> BySlack)
{
    /// <summary>Chance of loss of a set, on average; 0 where there are none.</summary>
    public double Loss => Sets == 0 ? 0 : Math.Min(1, ExpectedLost / Sets);

    /// <summary>Least slack of any set; −1 where one cannot be read now. That of a whole set where there are none.</summary>
    public int LeastSlack => BySlack.AsSpan().IndexOfAnyExcept(0L) is var place and >= 0 ? place - 1 : BySlack.Length - 2;
}

/// <summary>Durability by AZ: now, and were AZ 0, 1 or 2 lost now.</summary>
/// <param name="IfLost">Three.</param>
public sealed record DurabilityReading(StateTable Table, Outlook Now, ImmutableArray<Outlook> IfLost)
{
    /// <summary>The figure of an outlook with all that it rests on.</summary>
    public DurabilityFigure Figure(Outlook outlook) => new(Table.Code.Name, outlook.Loss, DurabilityModel.MarkovChain, Table.Assumed);

    /// <summary>The least durable of the three losses.</summary>
    public Outlook Worst => IfLost.MaxBy(outlook => outlook.Loss)!;
}
