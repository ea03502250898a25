using OpsConsole.Domain.Durability;
using OpsConsole.Domain.Durability.Models;
using OpsConsole.Tests.Alarms.Judge;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Durability;

/// <summary>Loss from every degraded start, against a 40-digit solution. The rule: 1 part in 10^10 of its 12 printed digits.</summary>
[Trait("Category", "Conformance")]
public sealed class DegradedStatesConformanceTests
{
    public static TheoryData<string> Rows => JudgeRows.All(Fixture.Read("stateful-19_durability_degraded_states.json").GetProperty("rows"));

    [Theory]
    [MemberData(nameof(Rows))]
    public void Loss_from_a_degraded_start_is_as_there(string text)
    {
        var row = JudgeRows.Row(text);
        var assumed = new FailureAssumptions
        {
            AnnualFailureRate = row.GetProperty("lambda_per_year").GetDouble(),
            MeanRepair = TimeSpan.FromHours(row.GetProperty("mean_repair_hours").GetDouble()),
            Horizon = TimeSpan.FromHours(row.GetProperty("horizon_hours").GetDouble()),
        };
        int[] alive = [.. row.GetProperty("alive_per_az").EnumerateArray().Select(az => az.GetInt32())];
        var loss = ShardChain.Loss(row.GetProperty("n").GetInt32(), row.GetProperty("k").GetInt32(), assumed, alive);
        Printed.Within(JudgeRows.Number(row.GetProperty("p_loss")), loss, 1e-10);
        Printed.Agrees(row.GetProperty("nines").GetString()!, Nines.Of(loss));
    }
}
