namespace OpsConsole.Domain.Alarms.Judge.Analysis;

/// <summary>One measured value held against a metric's conditions.</summary>
public static class Measurement
{
    /// <param name="value">A number, a text, a truth, a list of these; null where the provider gave nothing.</param>
    /// <param name="success">Null where there is no such condition.</param>
    /// <param name="failure">Null where there is no such condition.</param>
    /// <param name="strict">With neither condition a value is inconclusive, where the model we took this from passes it.</param>
    public static (AnalysisPhase Phase, string? Why) Judge(object? value, string? success, string? failure, bool strict = true)
    {
        var (good, bad) = (Holds(success, value), Holds(failure, value));
        if ((good.Error ?? bad.Error) is { } error)
        {
            return (AnalysisPhase.Error, value is null or System.Collections.ICollection { Count: 0 } ? $"the provider returned no data: {error}" : error);
        }

        return (good.Holds, bad.Holds) switch
        {
            (null, null) => (strict ? AnalysisPhase.Inconclusive : AnalysisPhase.Successful, null),
            (_, true) => (AnalysisPhase.Failed, null),
            (true, _) => (AnalysisPhase.Successful, null),
            (false, null) => (AnalysisPhase.Failed, null),
            (null, false) => (AnalysisPhase.Successful, null),
            _ => (AnalysisPhase.Inconclusive, null),
        };
    }

    private static (bool? Holds, string? Error) Holds(string? condition, object? value) =>
        string.IsNullOrWhiteSpace(condition) ? (null, null)
        : Condition.Evaluate(condition, value) switch
        {
            (bool holds, null) => (holds, null),
            (_, { } error) => (null, error),
            _ => (null, $"'{condition}' is neither true nor false"),
        };
}
