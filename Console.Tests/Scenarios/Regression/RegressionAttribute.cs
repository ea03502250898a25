namespace OpsConsole.Tests.Scenarios.Regression;

/// <summary>The test holds this row of <c>rollout_regression_scenarios.json</c>.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class RegressionAttribute(string row) : Attribute
{
    public string Row { get; } = row;
}
