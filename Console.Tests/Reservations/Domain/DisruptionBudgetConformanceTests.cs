using System.Text.Json;
using OpsConsole.Domain.Reservations.Safety;
using OpsConsole.Engine.Reservations.Authorities;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Reservations;

/// <summary>Kubernetes' own cases of budgets: how shares are rounded, and who may go.</summary>
[Trait("Category", "Conformance")]
public sealed class DisruptionBudgetConformanceTests
{
    private static readonly JsonElement File = Fixture.Read("stateful-07_pdb_cases.json");

    public static TheoryData<string> Statuses => Rows("status_cases");

    public static TheoryData<string> Evictions => Rows("eviction_cases");

    [Theory]
    [MemberData(nameof(Statuses))]
    public void As_many_may_go_as_they_count(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var least = given.TryGetProperty("minAvailable", out var min);
        var budget = new DisruptionBudget(least ? BudgetBound.MinAvailable : BudgetBound.MaxUnavailable, BudgetFile.Amount(least ? min : given.GetProperty("maxUnavailable"))!.Value);
        var expected = given.TryGetProperty("expected", out var of) ? of.GetInt32() : given.GetProperty("scale").GetInt32();

        var status = budget.Status(expected, given.GetProperty("healthy").GetInt32());

        Assert.Equal((given.GetProperty("desired").GetInt32(), given.GetProperty("allowed").GetInt32()), (status.Desired, status.Allowed));
    }

    [Theory]
    [MemberData(nameof(Evictions))]
    public void Who_may_go_may_go_here(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        string? Text(string name) => given.TryGetProperty(name, out var value) ? value.ToString() : null;
        var desired = int.Parse(Text("desiredHealthy") ?? "1", System.Globalization.CultureInfo.InvariantCulture);
        var allowed = given.GetProperty("allowed").GetInt32();
        var status = new BudgetStatus(desired, allowed, int.Parse(Text("currentHealthy") ?? $"{(allowed > 0 ? desired + allowed : desired - 1)}", System.Globalization.CultureInfo.InvariantCulture));
        var condition = Text("terminating") == "True" || Text("phase") is "Succeeded" or "Failed" or "Pending" ? HostCondition.Gone
            : Text("ready") == "False" ? HostCondition.Unhealthy
            : HostCondition.Healthy;
        var budget = new DisruptionBudget(BudgetBound.MinAvailable, new(desired, Percent: false)) { UnhealthyAlways = Text("policy") == "AlwaysAllow" };

        // A budget that does not select a host says nothing of it. Here a host that no budget, placement or service speaks for is not given out, which is asserted elsewhere.
        Assert.Equal(given.GetProperty("evicted").GetBoolean(), Text("matches") == "False" || budget.Admits(status, condition));
    }

    private static TheoryData<string> Rows(string name) => [.. File.GetProperty(name).EnumerateArray().Select(row => row.GetRawText())];
}
