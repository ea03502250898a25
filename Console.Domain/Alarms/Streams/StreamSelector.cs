namespace OpsConsole.Domain.Alarms.Streams;

/// <summary>
/// Which streams are meant, written like a stream: <c>requests{service=web,region=eu-west-1}</c>. A dimension that is left out may be anything, except
/// <c>canary</c> and <c>vantage</c>, which must then be absent: what canaries saw never mixes with what customers saw. <c>*</c> asks that it is there.
/// </summary>
/// <param name="Metric">See <see cref="MetricStream.Metric"/>.</param>
public sealed record StreamSelector(string Metric)
{
    public const string Any = "*";

    public string? Service { get; init; }

    public string? Partition { get; init; }

    public string? Region { get; init; }

    public string? Az { get; init; }

    public string? Host { get; init; }

    public string? Operation { get; init; }

    public string? Canary { get; init; }

    public string? Vantage { get; init; }

    public static StreamSelector Of(MetricStream stream) => new(stream.Metric)
    {
        Service = stream.Service,
        Partition = stream.Partition,
        Region = stream.Region,
        Az = stream.Az,
        Host = stream.Host,
        Operation = stream.Operation,
        Canary = stream.Canary,
        Vantage = stream.Vantage,
    };

    public bool Matches(MetricStream stream) =>
        stream.Metric == Metric
        && Fits(Service, stream.Service) && Fits(Partition, stream.Partition) && Fits(Region, stream.Region) && Fits(Az, stream.Az) && Fits(Host, stream.Host) && Fits(Operation, stream.Operation)
        && (Canary is null ? stream.Canary is null : Fits(Canary, stream.Canary))
        && (Vantage is null ? stream.Vantage is null || Canary is not null : Fits(Vantage, stream.Vantage));

    public override string ToString() => AsStream.ToString();

    /// <summary>Null where it cannot be read; what is wrong is then in <paramref name="wrong"/>.</summary>
    public static StreamSelector? Parse(string text, out string? wrong)
    {
        wrong = null;
        if (StreamText.Parse(text, out wrong) is not { } read)
        {
            return null;
        }

        return Of(read);
    }

    /// <summary>Its parts as a stream's, for reading and writing; <c>*</c> stands for itself.</summary>
    internal MetricStream AsStream => new(Metric) { Service = Service, Partition = Partition, Region = Region, Az = Az, Host = Host, Operation = Operation, Canary = Canary, Vantage = Vantage };

    private static bool Fits(string? asked, string? there) => asked is null || (asked == Any ? there is not null : asked == there);
}
