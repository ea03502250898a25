namespace OpsConsole.Web.Bench;

/// <summary>What metrics look like.</summary>
internal enum SampleShape
{
    /// <summary>Around a mean.</summary>
    Normal,

    /// <summary>A long tail, as latencies have.</summary>
    Tailed,

    /// <summary>Whole numbers that tie.</summary>
    Counts,

    /// <summary>Mostly zeros, as errors are.</summary>
    Rare,
}

/// <summary>Random samples from a seed.</summary>
internal sealed class JudgeSamples(int seed)
{
    public static readonly SampleShape[] Shapes = Enum.GetValues<SampleShape>();

    private readonly Random _random = new(seed);

    /// <param name="spread">Standard deviation as a share of the mean.</param>
    public double[] Normal(int count, double mean, double spread) => Values(count, () => mean * (1 + (spread * Bell())));

    public double[] Of(SampleShape shape, int count) => shape switch
    {
        SampleShape.Normal => Normal(count, 10, 0.15),
        SampleShape.Tailed => Values(count, () => 20 * Math.Exp(0.8 * Bell())),
        SampleShape.Counts => Values(count, () => Math.Max(0, Math.Round(5 + (2 * Bell())))),
        _ => Values(count, () => _random.NextDouble() < 0.85 ? 0 : 0.001 * (1 + _random.Next(5))),
    };

    private static double[] Values(int count, Func<double> next)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = next();
        }

        return values;
    }

    private double Bell() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
