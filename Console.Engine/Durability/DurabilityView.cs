using System.Collections.Immutable;
using OpsConsole.Domain.Durability;

namespace OpsConsole.Engine.Durability;

/// <summary>A store's durability as of one look: what pages, API and live topic show.</summary>
/// <param name="Histogram">Sets by state, 4,096 of them.</param>
/// <param name="Gone">Ids of the hosts that count as gone.</param>
public sealed record DurabilityView(StoreName Store, StorePlacement From, DurabilityReading Reading, ImmutableArray<int> Histogram, ImmutableArray<string> Gone)
{
    /// <summary>Older than this, a placement says nothing about now.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(30);

    public bool IsStale(DateTimeOffset now) => now - From.At > FreshFor;

    /// <summary>Until all that is missing in this outlook is rebuilt; null where a set can no longer be read, which no repair brings back.</summary>
    public TimeSpan? TimeToSteady(Outlook outlook) =>
        outlook.BySlack[0] > 0 ? null : Power.TimeToSteady(outlook.Missing, outlook.MostMissing, Reading.Table.Assumed);

    public RepairPower Power => From.Power ?? RepairPower.OwnOnly;

    public string AzOf(Outlook outlook) => Reading.IfLost.IndexOf(outlook) is var at and >= 0 ? From.Placement.Azs[at] : "";
}
