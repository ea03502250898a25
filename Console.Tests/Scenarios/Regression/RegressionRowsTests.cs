using System.Reflection;
using OpsConsole.Tests.World;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Scenarios.Regression;

/// <summary>
/// What users of other systems suffered, as rows of what must hold here: each has a test that names it. The rows are prose, so a test names its row; a row
/// without a test stands in <see cref="Awaited"/> with what it waits for, and fails here as soon as it stands in neither or in both.
/// </summary>
[Trait("Category", "Conformance")]
public sealed class RegressionRowsTests(ITestOutputHelper output)
{
    /// <summary>Capabilities that are not built, by the rows that ask for them.</summary>
    private static readonly (string Rows, string Capability)[] Awaited = [];

    [Fact]
    public void Every_row_has_a_test_or_says_what_it_waits_for()
    {
        var held = typeof(RegressionRowsTests).Assembly.GetTypes().SelectMany(type => type.GetMethods()).SelectMany(method => method.GetCustomAttributes<RegressionAttribute>()).Select(one => one.Row).ToHashSet();
        var awaited = Awaited.SelectMany(one => one.Rows.Split(' ')).ToHashSet();
        string[] rows = [.. Fixture.Read("rollout_regression_scenarios.json").GetProperty("scenarios").EnumerateArray().Select(row => row.GetProperty("id").GetString()!)];

        output.WriteLine($"{rows.Count(held.Contains)} of {rows.Length} rows are held by a test");
        Array.ForEach(Awaited, one => output.WriteLine($"{one.Rows}: {one.Capability}"));
        Assert.Equal(rows, rows.Where(row => held.Contains(row) != awaited.Contains(row)));
        Assert.Empty(held.Except(rows));
    }
}
