namespace OpsConsole.Domain.Durability;

/// <summary>Durability in nines: 0.001 of loss are three.</summary>
public static class Nines
{
    public static double Of(double loss) => loss <= 0 ? double.PositiveInfinity : Math.Max(0, -Math.Log10(loss));

    /// <summary>Whole nines: the most whose power of ten the loss does not exceed.</summary>
    public static int Whole(double loss)
    {
        if (loss <= 0)
        {
            return int.MaxValue;
        }

        // The logarithm of a power of ten may fall on either side of it: the comparison decides.
        var near = (int)Math.Round(Of(loss));
        return loss <= Math.Pow(10, -near) ? near : Math.Max(0, Math.Min(near - 1, (int)Math.Floor(Of(loss))));
    }
}
