using System.Text.Json;
using OpsConsole.Domain.Alarms.Judge.Statistics;
using OpsConsole.Domain.Durability;
using OpsConsole.Domain.Durability.Models;
using OpsConsole.Tests.Alarms.Judge;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Durability;

/// <summary>
/// Backblaze's calculator: every row of its grid, its table for 17+3 and its own unit values. The rule: we agree with the formula worked out to 60 digits, to
/// 1 part in 10^12, which is what doubles allow; and we are off the reference's own output by what the fixture says it is off itself, since it takes
/// 1 − e^−x in doubles. At 20+4, 0.405 % and 14 days that costs the reference a whole nine.
/// </summary>
[Trait("Category", "Conformance")]
public sealed class FixedWindowConformanceTests
{
    private const double Digits = 1e-12;

    private static readonly JsonElement File = Fixture.Read("stateful-01_backblaze_durability.json");

    public static TheoryData<string> Grid => JudgeRows.All(File.GetProperty("grid"));

    public static TheoryData<string> Table => JudgeRows.All(File.GetProperty("readme_table_17_3"));

    public static TheoryData<string> Units => JudgeRows.All(File.GetProperty("unit_test_values"));

    [Theory]
    [MemberData(nameof(Grid))]
    public void The_grid_agrees_with_the_exact_formula_and_explains_the_reference(string text)
    {
        var row = JudgeRows.Row(text);
        var ours = ClosedForms.FixedWindow(row.GetProperty("data").GetInt32(), row.GetProperty("parity").GetInt32(), row.GetProperty("annual_shard_failure_rate").GetDouble(), row.GetProperty("replacement_days").GetDouble());
        Printed.Within(JudgeRows.Number(row.GetProperty("exact_annual_loss")), ours, Digits);
        Printed.Agrees(row.GetProperty("exact_nines_float").GetString()!, Nines.Of(ours));
        Assert.Equal(row.GetProperty("exact_nines_floor").GetInt32(), Nines.Whole(ours));

        var reference = JudgeRows.Number(row.GetProperty("reference_annual_loss"));
        var stated = JudgeRows.Number(row.GetProperty("relative_error_of_reference"));
        Assert.Equal(stated, Math.Abs((reference / ours) - 1), (0.01 * stated) + 1e-14);
        Assert.Equal(row.GetProperty("reference_nines").GetInt32(), Nines.Whole(reference));
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void The_published_table_follows_within_the_references_own_error(string text)
    {
        var (row, head) = (JudgeRows.Row(text), File.GetProperty("published_headline"));
        var (shards, threshold) = (head.GetProperty("data").GetInt32() + head.GetProperty("parity").GetInt32(), row.GetProperty("failure_threshold").GetInt32());
        var (rate, days) = (head.GetProperty("annual_shard_failure_rate").GetDouble(), head.GetProperty("replacement_days").GetDouble());
        var (window, slack) = (-Exact.ExpM1(-rate * days / ClosedForms.DaysPerYear), JudgeRows.Number(File.GetProperty("worst_relative_error_of_reference")));
        var loss = ClosedForms.FixedWindow(shards - threshold + 1, threshold - 1, rate, days);
        Printed.Agrees(row.GetProperty("individual_prob").GetString()!, Binomial.Exactly(shards, threshold, window), slack);
        Printed.Agrees(row.GetProperty("cumulative_prob").GetString()!, Binomial.AtLeast(shards, threshold, window), slack);
        Printed.Agrees(row.GetProperty("annual_loss_rate").GetString()!, loss, slack);
        Assert.Equal(Printed.Value(row.GetProperty("durability").GetString()!), 1 - loss, (slack * loss) + 1e-15);
        Assert.Equal(row.GetProperty("nines").GetInt32(), Nines.Whole(loss));
        Printed.Within(JudgeRows.Number(row.GetProperty("exact_annual_loss")), loss, Digits);
    }

    [Theory]
    [MemberData(nameof(Units))]
    public void Its_own_unit_values_hold(string text)
    {
        var row = JudgeRows.Row(text);
        var expected = row.GetProperty("expect");
        switch (row.GetProperty("fn").GetString())
        {
            case "binomial_pmf":
                Agrees(expected, Binomial.Exactly(row.GetProperty("n").GetInt32(), row.GetProperty("k").GetInt32(), row.GetProperty("p").GetDouble()));
                break;
            case "any_period":
                Agrees(expected, Exact.AnyOf(row.GetProperty("p").GetDouble(), row.GetProperty("n").GetDouble()));
                break;
            case "poisson_pmf":
                var list = expected.EnumerateArray().ToArray();
                foreach (var (one, ours) in list.Zip(ClosedForms.Poisson(row.GetProperty("lambda").GetDouble(), list.Length)))
                {
                    Agrees(one, ours);
                }

                break;
            case var other:
                Assert.Fail($"no such function here: {other}");
                break;
        }
    }

    private static void Agrees(JsonElement expected, double ours) => Printed.Agrees(expected.ValueKind == JsonValueKind.String ? expected.GetString()! : expected.GetRawText(), ours);
}
