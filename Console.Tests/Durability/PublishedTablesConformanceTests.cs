using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpsConsole.Domain.Durability;
using OpsConsole.Domain.Durability.Models;
using OpsConsole.Tests.Alarms.Judge;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Durability;

/// <summary>
/// Tables of papers. The rule: a row is a test where the fixture says that its figure can be worked out from the printed parameters; where it says that it
/// cannot, the figure is known as published only, and so is a table that measures instead of computing.
/// </summary>
[Trait("Category", "Conformance")]
public sealed partial class PublishedTablesConformanceTests
{
    public static TheoryData<string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var table in Fixture.Read("stateful-03_published_mttf_tables.json").GetProperty("tables").EnumerateArray())
            {
                foreach (var row in table.GetProperty("rows").EnumerateArray())
                {
                    rows.Add(table.GetRawText(), row.GetRawText());
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_published_time_to_loss_is_worked_out_again(string tableText, string rowText)
    {
        var (table, row) = (JudgeRows.Row(tableText), JudgeRows.Row(rowText));
        var (derived, given) = (Member(table, "derived"), Member(table, "parameters"));
        if (Member(derived, "node_mttf_years") is { } nodeYears && Member(row, "mttf_years") is { } years)
        {
            var ours = ByNode(row.GetProperty("code").GetString()!, given!.Value, nodeYears.GetDouble());
            Printed.Agrees(years.GetDouble().ToString("0.0e0", CultureInfo.InvariantCulture), ours);
            if (Member(Member(derived, "recomputed"), row.GetProperty("code").GetString()!) is { } range)
            {
                var ends = range.GetString()!.Split("..").Select(Printed.Value).ToArray();
                Assert.InRange(ours, ends[0] * 0.9995, ends[1] * 1.0005);
            }
        }
        else if (Member(row, "code") is { } code && Member(derived, code.GetString()!) is { } how && how.GetString()!.StartsWith("reproduced", StringComparison.Ordinal))
        {
            Printed.Agrees(row.GetProperty("mttdl_days").GetDouble().ToString("0.0000e0", CultureInfo.InvariantCulture), OfTheWholeCluster(given!.Value));
        }
        else
        {
            Assert.All(row.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Number), member => Assert.True(member.Value.GetDouble() >= 0, member.Name));
        }
    }

    /// <summary>First repair at the cluster's bandwidth, every later one as soon as it is detected; binary units.</summary>
    private static double ByNode(string code, JsonElement given, double nodeYears)
    {
        var bandwidth = given.GetProperty("repair_bandwidth_fraction").GetDouble() * (given.GetProperty("nodes").GetInt32() - 1) * Quantity(given.GetProperty("nic")) * Math.Pow(2, 30) / 8;
        var first = bandwidth / (Quantity(given.GetProperty("node_capacity")) * Math.Pow(2, 40)) * FailureAssumptions.Year.TotalSeconds;
        var later = FailureAssumptions.Year / TimeSpan.FromMinutes(given.GetProperty("detection_minutes").GetDouble());
        double Repairs(int gone) => gone <= 1 ? first : later;
        var sizes = Numbers().Matches(code).Select(number => int.Parse(number.Value, CultureInfo.InvariantCulture)).ToArray();
        var chain = code.StartsWith("LRC", StringComparison.Ordinal) ? new LocalGroups(sizes[0], sizes[1], sizes[2]).Chain(1 / nodeYears, Repairs)
            : Chain(code.StartsWith("RS", StringComparison.Ordinal) ? sizes[0] : 1, code.StartsWith("RS", StringComparison.Ordinal) ? sizes[1] : sizes[0] - 1);
        return chain.MeanTimeToLoss();

        BirthDeath Chain(int data, int parity) =>
            new([.. Enumerable.Range(0, parity + 1).Select(gone => (data + parity - gone) / nodeYears)], [.. Enumerable.Range(0, parity + 1).Select(Repairs)]);
    }

    /// <summary>Three copies of each block, one repair after another over the rack's uplink; the cluster loses as soon as any of its sets does.</summary>
    private static double OfTheWholeCluster(JsonElement given)
    {
        var block = Quantity(given.GetProperty("block")) * Math.Pow(2, 20);
        var repairs = Quantity(given.GetProperty("cross_rack")) * Math.Pow(2, 30) / (8 * block) * TimeSpan.FromDays(1).TotalSeconds;
        var sets = Quantity(given.GetProperty("data")) * Math.Pow(2, 50) / (3 * block);
        return BirthDeath.Of(3, 1, 1 / (given.GetProperty("node_mttf_years").GetDouble() * ClosedForms.DaysPerYear), repairs, RepairPace.Serial).MeanTimeToLoss() / sets;
    }

    private static double Quantity(JsonElement text) => double.Parse(text.GetString()!.Split(' ')[0], CultureInfo.InvariantCulture);

    private static JsonElement? Member(JsonElement? of, string name) => of is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var value) ? value : null;

    [GeneratedRegex(@"\d+")]
    private static partial Regex Numbers();
}
