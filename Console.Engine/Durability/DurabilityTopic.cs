using System.Collections.Immutable;
using OpsConsole.Domain.Durability;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Live;

namespace OpsConsole.Engine.Durability;

/// <summary>The topic <c>durability</c>: one item for each store, under <c>service/region</c>.</summary>
public sealed class DurabilityTopic(DurabilityBook book) : ITopicSource
{
    public const string Name = "durability";

    public bool Has(string topic) => topic == Name;

    /// <summary>Durability is measured, not journaled: <see cref="DurabilityWatch"/> touches it.</summary>
    public void Touched(Recorded recorded, ITouched touched)
    {
    }

    public IEnumerable<string> Keys(string topic) => book.Views.Select(view => view.Store.ToString());

    public object? Item(string topic, string key) => book.Views.FirstOrDefault(view => view.Store.ToString() == key) is { } view ? DurabilityItem.Of(view) : null;
}

/// <summary>A store as live clients and the API see it.</summary>
/// <param name="Code">Such as <c>RS(5,4)</c>.</param>
/// <param name="AnnualFailureRate">Of a shard; with the three after it and the model what every figure rests on.</param>
/// <param name="Gone">The first thousand of <paramref name="GoneHosts"/>.</param>
/// <param name="LeastSlack">Of any set; below 0 where one cannot be read now.</param>
public sealed record DurabilityItem(
    string Service, string Region, bool Simulated, DateTimeOffset? At, long Epoch, string Code, DurabilityModel Model, double AnnualFailureRate, double MeanRepairHours, double HorizonHours, RepairPace Pace, long Sets, int LeastSlack,
    OutlookItem Now, ImmutableArray<OutlookItem> IfLost, string RepairBasis, int GoneHosts, ImmutableArray<string> Gone, StoreIntegrity? Integrity)
{
    private const int MostNamed = 1_000;

    public static DurabilityItem Of(DurabilityView view)
    {
        var (from, assumed) = (view.From, view.Reading.Table.Assumed);
        return new(
            view.Store.Service, view.Store.Region, from.Simulated, from.At, from.Placement.Epoch, from.Placement.Code.Name, DurabilityModel.MarkovChain, assumed.AnnualFailureRate, assumed.MeanRepair.TotalHours, assumed.Horizon.TotalHours, assumed.Pace,
            view.Reading.Now.Sets, view.Reading.Now.LeastSlack, OutlookItem.Of(view, view.Reading.Now, null), [.. view.Reading.IfLost.Select((outlook, az) => OutlookItem.Of(view, outlook, from.Placement.Azs[az]))], view.Power.Basis, view.Gone.Length, view.Gone.Length > MostNamed ? view.Gone[..MostNamed] : view.Gone, from.Integrity);
    }
}

/// <param name="Az">Lost; null for things as they are.</param>
/// <param name="Nines">Of a set, on average; null where no chance of loss is left in a double.</param>
/// <param name="BySlack">Sets that cannot be read, then those of slack 0, 1, ….</param>
/// <param name="SteadyHours">Null where a set cannot be read any more.</param>
public sealed record OutlookItem(string? Az, double Loss, double? Nines, double ExpectedLostSets, double AnyLost, int LeastSlack, ImmutableArray<long> BySlack, long MissingShards, double? SteadyHours)
{
    public static OutlookItem Of(DurabilityView view, Outlook outlook, string? az) =>
        new(az, outlook.Loss, Finite(Domain.Durability.Nines.Of(outlook.Loss)), outlook.ExpectedLost, outlook.AnyLost, outlook.LeastSlack, outlook.BySlack, outlook.Missing, view.TimeToSteady(outlook)?.TotalHours);

    private static double? Finite(double nines) => double.IsFinite(nines) ? nines : null;
}
