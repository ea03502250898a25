using System.Text;

namespace OpsConsole.Domain.Alarms.Streams;

/// <summary>What is measured and where: one line of numbers in time. Two streams are the same when name and every dimension are the same.</summary>
/// <param name="Metric">Its name: lower case letters, digits and hyphens, at most 64 characters; a unit is the name's last word (<c>p99-ms</c>, <c>request-ms</c>).</param>
public sealed record MetricStream(string Metric)
{
    /// <summary>The service that is measured (<c>web</c>, <c>storage</c>); null for what belongs to none.</summary>
    public string? Service { get; init; }

    public string? Partition { get; init; }

    public string? Region { get; init; }

    public string? Az { get; init; }

    public string? Host { get; init; }

    /// <summary>The operation of the service, as it names it (<c>GetObject</c>).</summary>
    public string? Operation { get; init; }

    /// <summary>The canary that measured it; null for what customers and hosts showed.</summary>
    public string? Canary { get; init; }

    /// <summary>Where the canary looked from: <c>inside</c>, <c>outside</c>, <c>validator</c>.</summary>
    public string? Vantage { get; init; }

    /// <summary><c>metric{service=web,az=use1-az1}</c>: dimensions in a fixed order, absent ones left out.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Metric);
        var opened = false;
        foreach (var (name, value) in Dimensions())
        {
            text.Append(opened ? ',' : '{').Append(name).Append('=').Append(value);
            opened = true;
        }

        return opened ? text.Append('}').ToString() : text.ToString();
    }

    /// <summary>The dimensions it has, in a fixed order.</summary>
    public IEnumerable<(string Name, string Value)> Dimensions()
    {
        (string Name, string? Value)[] all = [("service", Service), ("partition", Partition), ("region", Region), ("az", Az), ("host", Host), ("operation", Operation), ("canary", Canary), ("vantage", Vantage)];
        return all.Where(one => one.Value is not null).Select(one => (one.Name, one.Value!));
    }
}
