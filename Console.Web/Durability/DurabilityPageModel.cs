using System.Collections.Immutable;
using System.Globalization;
using OpsConsole.Domain.Durability;
using OpsConsole.Engine.Durability;
using OpsConsole.Web.Kit;

namespace OpsConsole.Web.Durability;

/// <summary>What the page of durability shows.</summary>
/// <param name="Stores">All there are.</param>
/// <param name="Shown">The one in full; null where there is none, or none of the name asked for.</param>
/// <param name="Views">As read: compared to tell whether there is something new.</param>
/// <param name="Stale">Whether the shown store's placement is too old to say anything of now.</param>
public sealed record DurabilityPageModel(ImmutableArray<StoreLine> Stores, StoreDetail? Shown, ImmutableArray<DurabilityView> Views, bool Stale)
{
    public static DurabilityPageModel Of(ImmutableArray<DurabilityView> views, string? store, DateTimeOffset now)
    {
        var shown = store is null ? views.FirstOrDefault() : views.FirstOrDefault(view => view.Store.ToString() == store);
        return new([.. views.Select(StoreLine.Of)], shown is null ? null : StoreDetail.Of(shown), views, shown?.IsStale(now) ?? false);
    }
}

/// <param name="Name">Such as <c>storage/eu-west-1</c>.</param>
/// <param name="Now">Nines of a set now, in words, and in <paramref name="Worst"/> with the worst AZ gone.</param>
public sealed record StoreLine(string Name, bool Simulated, string Code, long Sets, string Now, string Worst, int LeastSlack, StateKind Kind)
{
    public static StoreLine Of(DurabilityView view)
    {
        var slack = view.Reading.Now.LeastSlack;
        return new(
            view.Store.ToString(), view.From.Simulated, view.From.Placement.Code.Name, view.Reading.Now.Sets, Says.Nines(view.Reading.Now.Loss), Says.Nines(view.Reading.Worst.Loss), slack,
            slack < 0 ? StateKind.Bad : slack == 0 || view.Reading.Worst.LeastSlack < 0 ? StateKind.Warn : StateKind.Ok);
    }
}

/// <summary>One store in full.</summary>
/// <param name="RestsOn">Model, AFR, repair and horizon in a sentence: it stands beside every figure.</param>
/// <param name="Rows">Now, and with each AZ gone.</param>
/// <param name="Slack">Sets by slack, least first, as a chart.</param>
public sealed record StoreDetail(DurabilityView View, string RestsOn, ImmutableArray<OutlookRow> Rows, ImmutableArray<PlotTrace> Slack, string SlackWords)
{
    public string Name => View.Store.ToString();

    public StoreIntegrity? Integrity => View.From.Integrity;

    public static StoreDetail Of(DurabilityView view)
    {
        var bySlack = view.Reading.Now.BySlack;
        PlotTrace trace = new("sets", [.. bySlack.Select((_, place) => Says.Slack(place - 1))], [.. bySlack.Select(count => (double?)count)], Type: "bar");
        var words = string.Join(", ", bySlack.Select((count, place) => (count, place)).Where(bar => bar.count > 0).Select(bar => $"{Ages.Of(bar.count, "set")} {Says.Slack(bar.place - 1)}"));
        return new(
            view,
            Says.Assumed(view.Reading.Table.Assumed),
            [OutlookRow.Of(view, view.Reading.Now, "now"), .. view.Reading.IfLost.Select((outlook, az) => OutlookRow.Of(view, outlook, $"if {view.From.Placement.Azs[az]} is lost"))],
            [trace],
            words.Length == 0 ? "No sets." : words + ".");
    }
}

/// <param name="Steady">Time back to steady, in words.</param>
public sealed record OutlookRow(string When, string Nines, string Expected, string Any, string Slack, string Steady, StateKind Kind)
{
    public static OutlookRow Of(DurabilityView view, Outlook outlook, string when) =>
        new(
            when,
            Says.Nines(outlook.Loss),
            Says.Number(outlook.ExpectedLost),
            Says.Number(outlook.AnyLost),
            Says.Slack(outlook.LeastSlack),
            view.TimeToSteady(outlook) is not { } steady ? "not by repair: a set cannot be read" : steady == TimeSpan.Zero ? "steady" : Ages.Words(steady),
            outlook.LeastSlack < 0 ? StateKind.Bad : outlook.LeastSlack == 0 ? StateKind.Warn : StateKind.Ok);
}

/// <summary>Figures of durability in words, the same everywhere.</summary>
public static class Says
{
    public static string Nines(double loss) =>
        OpsConsole.Domain.Durability.Nines.Of(loss) is var nines && double.IsInfinity(nines) ? "more than a double holds" : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(nines * 100) / 100:0.00} nines");

    public static string Number(double value) => value is 0 or (>= 0.01 and < 1_000_000) ? value.ToString("0.##", CultureInfo.InvariantCulture) : value.ToString("0.0e+0", CultureInfo.InvariantCulture);

    public static string Slack(int slack) => slack < 0 ? "unreadable" : $"slack {slack}";

    public static string Assumed(FailureAssumptions assumed) =>
        string.Create(CultureInfo.InvariantCulture, $"Markov chain, AFR {assumed.AnnualFailureRate * 100:0.##} %, repair {Ages.Words(assumed.MeanRepair)} ({(assumed.Pace == RepairPace.Serial ? "one shard after another" : "side by side")}), horizon {Ages.Words(assumed.Horizon)}")
        + (assumed.AzLossesPerYear > 0 ? string.Create(CultureInfo.InvariantCulture, $", {assumed.AzLossesPerYear:0.####} AZ losses a year") : ", no loss of an AZ besides the one named")
        + (assumed.Burst is { } burst ? string.Create(CultureInfo.InvariantCulture, $", {burst.PerYear:0.##} bursts a year that each kill {burst.Killed * 100:0.##} %") : ", no bursts");
}
