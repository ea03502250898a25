using System.Globalization;
using System.Numerics;
using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;
using OpsConsole.Domain.Durability;
using OpsConsole.Domain.Durability.Models;
using OpsConsole.Tests.Alarms.Judge;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Durability;

/// <summary>
/// The chain: mean times to loss as exact fractions, Ford's closed form, losses within a year with AZ losses and bursts. The rule: 1 part in 10^12 of a
/// fraction, and of printed figures (12 digits) 1 in 10^10.
/// </summary>
[Trait("Category", "Conformance")]
public sealed class MarkovConformanceTests
{
    private static readonly JsonElement File = Fixture.Read("stateful-04_markov_durability.json");

    public static TheoryData<string> BirthDeaths => JudgeRows.All(File.GetProperty("birth_death_exact"));

    public static TheoryData<string> Ford => JudgeRows.All(File.GetProperty("ford_closed_form"));

    public static TheoryData<string> Transients => JudgeRows.All(File.GetProperty("transient_annual_loss"));

    [Theory]
    [MemberData(nameof(BirthDeaths))]
    public void Mean_times_to_loss_are_the_fractions(string text)
    {
        var row = JudgeRows.Row(text);
        var exact = Ratio(row.GetProperty("mttdl_years_exact_num").GetString()!, row.GetProperty("mttdl_years_exact_den").GetString()!);
        var chain = ChainOf(row);
        Printed.Within(exact, chain.MeanTimeToLoss(), 1e-12);
        Printed.Within(exact, chain.Chain().MeanTimeToLoss()[0], 1e-12);
    }

    [Fact]
    public void Solving_the_equations_the_plain_way_loses_what_these_keep()
    {
        // Rows the fixture calls ill: a plain LU solution errs by more than a part in a thousand.
        var ill = File.GetProperty("birth_death_exact").EnumerateArray().Where(row => Printed.Value(row.GetProperty("naive_LU_float64_relative_error").GetString()!) > 1e-3).ToArray();
        Assert.NotEmpty(ill);
        Assert.All(ill, row =>
        {
            var exact = Ratio(row.GetProperty("mttdl_years_exact_num").GetString()!, row.GetProperty("mttdl_years_exact_den").GetString()!);
            Assert.True(Math.Abs((Plain(ChainOf(row)) / exact) - 1) > 1e-7);
            Printed.Within(exact, ChainOf(row).MeanTimeToLoss(), 1e-12);
        });
    }

    [Theory]
    [MemberData(nameof(Ford))]
    public void Fords_closed_form_holds_with_one_lifetime_and_one_repair_for_all_rows(string text)
    {
        // The fixture does not print the two: they are found from its first two rows, and every row must then follow.
        var rows = File.GetProperty("ford_closed_form").EnumerateArray().Select(Read).ToArray();
        var (lifetime, repair) = Fit(rows[0], rows[1]);
        var row = Read(JudgeRows.Row(text));
        Printed.Within(row.Days, ClosedForms.MeanTimeToLoss(row.Shards, row.Needed, lifetime, repair), 1e-10);
        Printed.Within(row.Days, BirthDeath.Of(row.Shards, row.Needed, 1 / lifetime, 1 / repair, RepairPace.Serial).MeanTimeToLoss(), 1e-10);
    }

    [Theory]
    [MemberData(nameof(Transients))]
    public void Losses_within_a_year_are_as_there(string text)
    {
        var row = JudgeRows.Row(text);
        var (shards, domains) = (row.GetProperty("n").GetInt32(), row.GetProperty("domains").GetInt32());
        var assumed = new FailureAssumptions
        {
            AnnualFailureRate = row.GetProperty("chunk_rate_per_year").GetDouble(),
            MeanRepair = FailureAssumptions.Year / JudgeRows.Number(row.GetProperty("repair_per_year")),
            AzLossesPerYear = row.GetProperty("domain_loss_per_year").GetDouble(),
            Burst = row.GetProperty("burst") is { ValueKind: JsonValueKind.Object } burst ? new(burst.GetProperty("per_year").GetDouble(), burst.GetProperty("p_each_chunk").GetDouble()) : null,
        };
        int[] whole = [.. Enumerable.Range(0, domains).Select(domain => (shards / domains) + (domain < shards % domains ? 1 : 0))];
        Printed.Within(JudgeRows.Number(row.GetProperty("annual_loss")), ShardChain.Loss(shards, row.GetProperty("k").GetInt32(), assumed, whole), 1e-10);
    }

    private static BirthDeath ChainOf(JsonElement row) =>
        BirthDeath.Of(
            row.GetProperty("n").GetInt32(),
            row.GetProperty("k").GetInt32(),
            Fraction(row.GetProperty("lambda_per_year").GetString()!),
            Fraction(row.GetProperty("repair_per_year").GetString()!),
            Enum.Parse<RepairPace>(row.GetProperty("repair").GetString()!, ignoreCase: true));

    private static double Plain(BirthDeath chain)
    {
        var n = chain.Failing.Length;
        var generator = Matrix<double>.Build.Dense(n, n);
        for (var gone = 0; gone < n; gone++)
        {
            generator[gone, gone] = -chain.Failing[gone] - (gone > 0 ? chain.Repairing[gone] : 0);
            _ = gone + 1 < n ? generator[gone, gone + 1] = chain.Failing[gone] : 0;
            _ = gone > 0 ? generator[gone, gone - 1] = chain.Repairing[gone] : 0;
        }

        return generator.LU().Solve(MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(n, -1))[0];
    }

    private static (int Shards, int Needed, double Days) Read(JsonElement row) => (row.GetProperty("s").GetInt32(), row.GetProperty("r").GetInt32(), JudgeRows.Number(row.GetProperty("mttf_days")));

    private static (double Lifetime, double Repair) Fit((int Shards, int Needed, double Days) first, (int Shards, int Needed, double Days) second)
    {
        double Lifetime(double repairs) => first.Days / ClosedForms.MeanTimeToLoss(first.Shards, first.Needed, 1, 1 / repairs);
        var (low, high) = (1.0, 1e9);
        for (var i = 0; i < 300; i++)
        {
            var middle = (low + high) / 2;
            var longer = Lifetime(middle) * ClosedForms.MeanTimeToLoss(second.Shards, second.Needed, 1, 1 / middle) > second.Days == second.Shards - second.Needed > first.Shards - first.Needed;
            (low, high) = longer ? (low, middle) : (middle, high);
        }

        return (Lifetime(low), Lifetime(low) / low);
    }

    private static double Fraction(string text) => text.Split('/') is [var over, var under] ? Ratio(over, under) : double.Parse(text, CultureInfo.InvariantCulture);

    private static double Ratio(string over, string under) => (double)BigInteger.Parse(over, CultureInfo.InvariantCulture) / (double)BigInteger.Parse(under, CultureInfo.InvariantCulture);
}
