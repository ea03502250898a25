namespace OpsConsole.Engine.Alarms.Streams;

/// <summary>
/// Log-linear buckets: 32 to each doubling, from 2^-10 to 2^26 (a microsecond to eighteen hours, in milliseconds). A value is told by its bucket's middle, so a
/// quantile is wrong by 1/64 of itself, 1.6 %, at most.
/// </summary>
internal static class LatencyScale
{
    public const double RelativeError = 1.0 / 64;

    private const int PerDoubling = 32;
    private const int LowestPower = -10;
    private const int HighestPower = 26;

    public const int Buckets = ((HighestPower - LowestPower) * PerDoubling) + 1;

    /// <summary>Bucket 0 holds what is not positive or below the scale; the last one all that is beyond.</summary>
    public static int Of(double value)
    {
        if (!(value > 0))
        {
            return 0;
        }

        var bits = BitConverter.DoubleToInt64Bits(value);
        var power = (int)(bits >> 52) - 1023;
        var part = (int)(bits >> 47) & (PerDoubling - 1);
        return Math.Clamp(((power - LowestPower) * PerDoubling) + part + 1, 0, Buckets - 1);
    }

    public static double Middle(int bucket)
    {
        if (bucket == 0)
        {
            return 0;
        }

        var (power, part) = (((bucket - 1) / PerDoubling) + LowestPower, (bucket - 1) % PerDoubling);
        return Math.ScaleB(1 + ((part + 0.5) / PerDoubling), power);
    }
}
