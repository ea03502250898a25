using System.Collections.Immutable;
using System.Text.Json;
using OpsConsole.Domain.Alarms.Streams;

namespace OpsConsole.Engine.Alarms.Ingest;

/// <summary>The attributes of a resource or a point that are dimensions here; others are left out, and streams that differ in them only are one.</summary>
internal sealed record OtlpAttributes(ImmutableDictionary<string, string> Values)
{
    private static readonly Dictionary<string, string> Meant = new(StringComparer.Ordinal)
    {
        ["service.name"] = "service",
        ["service"] = "service",
        ["partition"] = "partition",
        ["cloud.region"] = "region",
        ["region"] = "region",
        ["cloud.availability_zone"] = "az",
        ["az"] = "az",
        ["host.name"] = "host",
        ["host"] = "host",
        ["operation"] = "operation",
        ["rpc.method"] = "operation",
        ["http.route"] = "operation",
        ["canary"] = "canary",
        ["vantage"] = "vantage",
    };

    public static OtlpAttributes Of(JsonElement described) => new OtlpAttributes(ImmutableDictionary<string, string>.Empty).With(described);

    public OtlpAttributes With(JsonElement described)
    {
        var values = Values;
        foreach (var attribute in OtlpMetrics.List(described, "attributes"))
        {
            if (OtlpMetrics.Text(attribute, "key") is { } key && Meant.TryGetValue(key, out var name) && attribute.TryGetProperty("value", out var value) && OtlpMetrics.Text(value, "stringValue") is { Length: > 0 } text)
            {
                values = values.SetItem(name, text);
            }
        }

        return ReferenceEquals(values, Values) ? this : new(values);
    }

    public MetricStream Stream(string metric) => new(metric)
    {
        Service = Values.GetValueOrDefault("service"),
        Partition = Values.GetValueOrDefault("partition"),
        Region = Values.GetValueOrDefault("region"),
        Az = Values.GetValueOrDefault("az"),
        Host = Values.GetValueOrDefault("host"),
        Operation = Values.GetValueOrDefault("operation"),
        Canary = Values.GetValueOrDefault("canary"),
        Vantage = Values.GetValueOrDefault("vantage"),
    };
}
