namespace OpsConsole.Domain.Durability;

/// <summary>A durability with all that it rests on: it is not shown, sent or compared without.</summary>
/// <param name="Code">Such as <c>RS(5,4)</c>.</param>
/// <param name="Loss">Chance that a set is lost within the horizon, 0 to 1.</param>
/// <param name="StandardError">Of <paramref name="Loss"/>, where it was estimated; null where it was computed.</param>
public sealed record DurabilityFigure(string Code, double Loss, DurabilityModel Model, FailureAssumptions Assumed, double? StandardError = null)
{
    /// <summary>How many nines the chance of keeping it has; infinite for a chance of loss below what a double holds.</summary>
    public double Nines => Durability.Nines.Of(Loss);
}
