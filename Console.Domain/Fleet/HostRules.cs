using System.Collections.Immutable;

namespace OpsConsole.Domain.Fleet;

/// <summary>What is wrong with one field, and what to do.</summary>
public sealed record FieldProblem(string Field, string Why, string Do);

/// <summary>What a host must keep to, wherever it comes from: a file, the API, a generator.</summary>
public static class HostRules
{
    /// <summary>Names of partitions, regions, AZs, racks, hosts, services and instance types, and releases.</summary>
    public const int LongestName = 64;

    public const int HighestPositionClass = 9_999;

    public static ImmutableArray<FieldProblem> Check(Host host)
    {
        var problems = ImmutableArray.CreateBuilder<FieldProblem>();
        Name("host", host.Id);
        Name("partition", host.Partition);
        Name("region", host.Region);
        Name("az", host.Az);
        Name("rack", host.Rack);
        Name("service", host.Service);
        Name("instanceType", host.InstanceType);
        OneOf("role", host.Role);
        OneOf("driver", host.Driver);
        if (host.PositionClass is < 0 or > HighestPositionClass)
        {
            problems.Add(new("positionClass", $"{host.PositionClass} is out of range", $"Give a whole number from 0 to {HighestPositionClass}."));
        }

        if (host.Release is not null)
        {
            Name("release", host.Release);
        }

        if (host.Firmware is not null)
        {
            Name("firmware", host.Firmware);
        }

        if (host.OsPatch is not null)
        {
            Name("osPatch", host.OsPatch);
        }

        return problems.ToImmutable();

        void Name(string field, string? value)
        {
            if (NameProblem(value) is { } why)
            {
                problems.Add(new(field, why, $"Use 1 to {LongestName} letters, digits, '-', '_' or '.', beginning with a letter or digit."));
            }
        }

        void OneOf<T>(string field, T value)
            where T : struct, Enum
        {
            if (!Enum.IsDefined(value))
            {
                problems.Add(new(field, $"{value} is not known", $"Use one of {string.Join(", ", Enum.GetNames<T>())}."));
            }
        }
    }

    /// <summary>Why it is no name; null where it is one.</summary>
    public static string? NameProblem(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return "it is missing";
        }

        if (value.Length > LongestName)
        {
            return $"it has {value.Length} characters";
        }

        foreach (var c in value)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
            {
                return $"'{value}' holds {(char.IsControl(c) || char.IsSurrogate(c) ? $"U+{(int)c:X4}" : $"'{c}'")}";
            }
        }

        return char.IsAsciiLetterOrDigit(value[0]) ? null : $"'{value}' begins with '{value[0]}'";
    }

    internal static string Shared(string name) => name is null ? name! : SharedNames.Of(name);
}
