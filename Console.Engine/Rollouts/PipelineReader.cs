using System.Collections.Immutable;
using System.Text;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Rollouts.Approvals;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace OpsConsole.Engine.Rollouts;

/// <summary>A pipeline file as read: the pipeline, or everything that is wrong with the file.</summary>
public sealed record PipelineReading(Pipeline? Content, ImmutableArray<FileError> Errors);

/// <summary>Reads pipeline files. All errors at once, each with its line; never throws on a bad file.</summary>
public static class PipelineReader
{
    public const int MostBytes = 256 * 1024;
    private const int Deepest = 12;

    public static PipelineReading Read(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) is var bytes and > MostBytes)
        {
            return Failed(1, $"the file has {bytes} bytes; at most {MostBytes} are read. Split it, or take out what is not needed.");
        }

        try
        {
            if (Refused(text) is { } refused)
            {
                return refused;
            }

            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            return yaml.Documents switch
            {
                [{ RootNode: YamlMappingNode root }] => Read(root),
                [] => Failed(1, "the file is empty; give at least name, service and stages."),
                [_] => Failed(1, "the file must be a section of keys and values: name, service, stages."),
                _ => Failed(1, "the file holds more than one document; give one pipeline a file."),
            };
        }
        catch (YamlException e)
        {
            return Failed(e.Start.Line, $"it is not YAML: {e.InnerException?.Message ?? e.Message}");
        }
    }

    /// <summary>A file that is small on disk must be small in memory too: no aliases, no deep nesting.</summary>
    private static PipelineReading? Refused(string text)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > Deepest)
            {
                return Failed(parser.Current.Start.Line, $"it is nested deeper than {Deepest} levels; no pipeline needs that.");
            }

            if (parser.Current is AnchorAlias)
            {
                return Failed(parser.Current.Start.Line, "aliases are not read; write the value out.");
            }
        }

        return null;
    }

    private static PipelineReading Read(YamlMappingNode root)
    {
        var notes = new YamlNotes();
        var file = new YamlSection(root, "", notes);
        var rollback = new RollbackRules();
        var pipeline = new Pipeline(file.Required("name"), file.Required("service"), []);
        var limits = pipeline.Limits;
        var casualties = pipeline.Casualties;
        pipeline = pipeline with
        {
            Partitions = file.Texts("partitions"),
            CapacityFloor = file.Percent("capacityFloor", pipeline.CapacityFloor),
            Window = file.Time("window", pipeline.Window),
            Unhealthy = file.Time("unhealthy", pipeline.Unhealthy),
            Casualties = Within(file.Section("casualties"), section => new CasualtyBudget(section.Int("perAz", casualties.PerAz), section.Int("total", casualties.Total)), casualties),
            Supersede = SupersedeReader.Policy(file),
            Hotfix = Within(file.Section("hotfix"), SupersedeReader.Hotfix, null),
            Velocity = Within(file.Section("velocity"), HealthPolicyReader.Velocity, null),
            Limits = Within(file.Section("limits"), section => new PipelineLimits
            {
                Visit = section.Time("visit", limits.Visit),
                Batch = section.Time("batch", limits.Batch),
                Az = section.Time("az", limits.Az),
                Stage = section.Time("stage", limits.Stage),
                Hold = section.Time("hold", limits.Hold),
                Decision = section.Time("decision", limits.Decision),
                Queue = section.Time("queue", limits.Queue),
            }, limits),
            Gates = [.. file.Sections("gates").Select(ReadGate)],
            Rollback = Within(file.Section("rollback"), section => new RollbackRules
            {
                Bake = ReadBake(section.Section("bake"), rollback.Bake),
                Gates = section.Sections("gates").Select(ReadGate).ToImmutableArray() is { IsEmpty: false } gates ? gates : rollback.Gates,
            }, rollback),
            Stages = [.. file.Sections("stages").Select(ReadStage)],
        };
        file.Done();
        var wrong = PipelineRules.Check(pipeline).Where(error => !notes.Errors.Any(noted => noted.Path == error.Path || error.Path.StartsWith($"{noted.Path}.", StringComparison.Ordinal)))
            .Select(error => new FileError(LineOf(notes, error.Path), error.Path, error.What));
        ImmutableArray<FileError> errors = [.. notes.Errors.Concat(wrong).OrderBy(error => error.Line)];
        return new(errors.IsEmpty ? pipeline : null, errors);
    }

    private static PipelineStage ReadStage(YamlSection section)
    {
        var stage = new PipelineStage(section.Required("name"), section.Choice("hosts", StageHosts.Regions));
        var bakes = section.Section("bake");
        stage = stage with
        {
            Regions = section.Texts("regions", alone: "rest"),
            Partitions = section.Texts("partitions"),
            OneBox = section.Section("oneBox") is { } oneBox ? ReadBake(oneBox, Bake.None) : null,
            Batch = section.Batch("batch", stage.Batch),
            BatchBake = ReadBake(bakes?.Section("batch"), Bake.None),
            AzBake = ReadBake(bakes?.Section("az"), Bake.None),
            RegionBake = ReadBake(bakes?.Section("region"), Bake.None),
            Parallel = section.Int("parallel", stage.Parallel),
            Growth = section.Int("growth", stage.Growth),
            Waves = section.Percents("waves"),
            Gates = section.Texts("gates"),
            Approval = ApprovalReader.Read(section.Section("approval")),
        };
        bakes?.Done();
        section.Done();
        return stage;
    }

    private static Gate ReadGate(YamlSection section)
    {
        var (bad, of) = section.Windows("windows") ?? (1, 1);
        var canary = section.Section("canary");
        var hosts = section.Section("hosts");
        var gate = new Gate(section.Required("name"), HealthPolicyReader.Metric(section, hosts is not null))
        {
            Alarms = HealthPolicyReader.Alarms(section),
            Query = HealthPolicyReader.Query(section),
            Hosts = hosts is null ? null : Within(hosts, HealthPolicyReader.Hosts, new()),
            Timer = section.Section("timer") is { } timer ? Within(timer, HealthPolicyReader.Timer, new()) : null,
            Service = section.Text("service") is { Length: > 0 } service ? service : null,
            Max = section.Number("max") ?? (section.Has("alarms") ? 0 : null),
            Min = section.Number("min"),
            MaxIncrease = section.Number("maxIncrease"),
            MaxRatio = section.Number("maxRatio"),
            Floor = section.Number("floor") ?? 0,
            MinSamples = section.Long("minSamples", 1),
            OverBake = section.Choice("over", GateSpan.Window) == GateSpan.Bake || canary is not null,
            Canary = canary is null ? null : Within(canary, CanaryReader.Read, new()),
            Bad = bad,
            Of = of,
            Missing = section.Choice("missing", NoDataPolicy.Extend),
            Error = section.Choice("error", NoDataPolicy.Extend),
        };
        section.Done();
        return gate;
    }

    private static Bake ReadBake(YamlSection? section, Bake otherwise)
    {
        if (section is null)
        {
            return otherwise;
        }

        var bake = new Bake(section.Time("for", TimeSpan.Zero), section.Long("samples", 0), section.Time("extend", TimeSpan.FromMinutes(10))) { Of = section.Text("of", Metrics.ErrorRate) };
        section.Done();
        return bake;
    }

    private static T Within<T>(YamlSection? section, Func<YamlSection, T> read, T otherwise)
    {
        if (section is null)
        {
            return otherwise;
        }

        var value = read(section);
        section.Done();
        return value;
    }

    private static long LineOf(YamlNotes notes, string path)
    {
        for (var at = path; at.Length > 0; at = at.LastIndexOfAny(['.', '[']) is var cut and > 0 ? at[..cut] : "")
        {
            if (notes.Lines.TryGetValue(at, out var line))
            {
                return line;
            }
        }

        return 1;
    }

    private enum GateSpan
    {
        Window,
        Bake,
    }

    private static PipelineReading Failed(long line, string what) => new(null, [new(line, "", what)]);
}
