using System.Globalization;
using System.Text.Json;
using OpsConsole.Domain.Durability.Models;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Durability;

/// <summary>Chances of loss when hosts fail together, beside exact fractions; and the paper's own figures, to the digits they were printed with.</summary>
[Trait("Category", "Conformance")]
public sealed class JointLossConformanceTests
{
    public static TheoryData<string> Table => Rows("table");

    public static TheoryData<string> Published => Rows("published");

    [Theory]
    [MemberData(nameof(Table))]
    public void A_chance_is_the_exact_one(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var (shards, hosts) = (given.GetProperty("n").GetInt32(), given.GetProperty("nodes").GetInt32());
        var ofSet = JointLoss.OfSet(shards, given.GetProperty("m").GetInt32(), hosts, given.GetProperty("failed").GetInt32());

        Same(Number(given, "p_set"), ofSet);
        foreach (var column in given.EnumerateObject().Select(column => column.Name).Where(name => name.StartsWith("P_loss_", StringComparison.Ordinal)))
        {
            var part = column.Split('_');
            var sets = part[2] == "random" ? double.Parse(part[3], CultureInfo.InvariantCulture) : JointLoss.Copysets(hosts, shards, int.Parse(part[2][1..], CultureInfo.InvariantCulture));
            Same(Number(given, column), JointLoss.OfAny(ofSet, sets));
        }
    }

    [Theory]
    [MemberData(nameof(Published))]
    public void A_published_figure_is_found_again(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var (hosts, copies) = (given.GetProperty("nodes").GetInt32(), given.GetProperty("replicas").GetInt32());
        var any = JointLoss.OfAny(JointLoss.OfSet(copies, copies - 1, hosts, (int)Math.Round(hosts * given.GetProperty("failed_fraction").GetDouble())), given.GetProperty("sets").GetInt64());

        Same(Number(given, "recomputed"), any, 1e-9);
        var printed = given.GetProperty("published").GetString()!.TrimEnd('%');
        var unit = Math.Pow(10, -(printed.Length - printed.IndexOf('.', StringComparison.Ordinal) - 1));
        Assert.InRange(any * 100, double.Parse(printed, CultureInfo.InvariantCulture) - unit, double.Parse(printed, CultureInfo.InvariantCulture) + unit);
    }

    /// <summary>The exact ones are printed with twelve digits, the published with ten.</summary>
    private static void Same(double expected, double ours, double within = 2e-10) => Assert.InRange(ours, expected * (1 - within), expected * (1 + within));

    private static double Number(JsonElement row, string name) => double.Parse(row.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private static TheoryData<string> Rows(string name)
    {
        var rows = new TheoryData<string>();
        foreach (var row in Fixture.Read("stateful-05_copysets_ec_loss.json").GetProperty(name).EnumerateArray())
        {
            rows.Add(row.GetRawText());
        }

        return rows;
    }
}
