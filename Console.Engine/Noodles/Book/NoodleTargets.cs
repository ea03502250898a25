using System.Collections.Immutable;
using System.Text.Json;
using OpsConsole.Domain.Noodles.Running;

namespace OpsConsole.Engine.Noodles.Book;

/// <summary>All targets: those of the worlds, and those operators wrote into <c>targets.json</c>.</summary>
public sealed class NoodleTargets(IEnumerable<INoodleTargets> worlds, string file)
{
    private const int LargestFile = 1_000_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly INoodleTargets[] _worlds = [.. worlds];

    /// <summary>The fault is the file's; the worlds' targets are there all the same.</summary>
    public (ImmutableArray<NoodleTarget> Targets, string? Fault) All
    {
        get
        {
            ImmutableArray<NoodleTarget> ours = [.. _worlds.SelectMany(world => world.Targets)];
            if (!File.Exists(file))
            {
                return (ours, null);
            }

            try
            {
                if (new FileInfo(file).Length > LargestFile)
                {
                    return (ours, $"{file} is larger than {LargestFile} bytes.");
                }

                var written = JsonSerializer.Deserialize<Written[]>(File.ReadAllBytes(file), Json) ?? [];
                return ([.. ours, .. written.Select(one => one.Target)], null);
            }
            catch (Exception e) when (e is JsonException or IOException or UriFormatException or UnauthorizedAccessException)
            {
                return (ours, $"{file} cannot be read: {e.Message}");
            }
        }
    }

    public NoodleTarget? Find(string name) => All.Targets.FirstOrDefault(target => target.Name == name);

    /// <summary>A target as it stands in the file.</summary>
    private sealed record Written(string Name, string Endpoint, string Region, NoodleAccount[]? Accounts, bool? PathStyle, string? Vantage, string[]? Lacks, Dictionary<string, string>? KnownDifferences)
    {
        public NoodleTarget Target =>
            new(Name ?? throw new JsonException("A target has no name."), new Uri(Endpoint ?? throw new JsonException($"{Name} has no endpoint."), UriKind.Absolute), Region ?? "us-east-1", [.. Accounts ?? []])
            {
                PathStyle = PathStyle ?? true,
                Vantage = Vantage ?? "",
                Lacks = [.. Lacks ?? []],
                KnownDifferences = (KnownDifferences ?? []).ToImmutableSortedDictionary(),
            };
    }
}
