using System.Globalization;
using OpsConsole.Domain.Fleet;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OpsConsole.Engine.Fleet.Files;

/// <summary>
/// Fleet files as YAML: <c>partitions</c> of <c>regions</c> of <c>azs</c> of <c>racks</c> of <c>hosts</c>; each but the hosts has a <c>name</c>. Read event by event, so that a
/// large file costs no tree, and without anchors, so that a small one cannot grow.
/// </summary>
internal static class YamlFleetFile
{
    private static readonly (string List, string[] Fields)[] Levels =
    [
        ("partitions", []),
        ("regions", ["name"]),
        ("azs", ["name"]),
        ("racks", ["name"]),
        ("hosts", ["name"]),
        ("", ["id", "role", "service", "instanceType", "positionClass", "driver", "validator"]),
    ];

    public static IEnumerable<HostRow> Read(TextReader text, List<FleetFileError> errors)
    {
        var hosts = new List<Node>();
        try
        {
            var parser = new Parser(text);
            parser.Consume<StreamStart>();
            if (parser.TryConsume<DocumentStart>(out _))
            {
                new Reader(parser, errors, hosts).Map(new Node(0, null, 1));
                parser.Consume<DocumentEnd>();
                if (!parser.Accept<StreamEnd>(out _))
                {
                    errors.Add(new((int)parser.Current!.Start.Line, 0, null, "a second document begins", "Put everything into one."));
                }
            }
        }
        catch (YamlException e) when (e.InnerException is not IOException)
        {
            errors.Add(new((int)e.Start.Line, (int)e.Start.Column, null, $"this is not YAML: {e.Message.TrimEnd('.')}; nothing after it was read", "Correct it and try again."));
        }

        return hosts.Select(host => host.ToRow());
    }

    public static void Write(TextWriter text, IEnumerable<Host> hosts)
    {
        Host? last = null;
        text.WriteLine("partitions:");
        foreach (var host in hosts)
        {
            var anew = last is null || last.Partition != host.Partition;
            Level(1, host.Partition, "regions");
            anew |= last?.Region != host.Region;
            Level(2, host.Region, "azs");
            anew |= last?.Az != host.Az;
            Level(3, host.Az, "racks");
            anew |= last?.Rack != host.Rack;
            Level(4, host.Rack, "hosts");
            text.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"                  - {{id: {Quoted(host.Id)}, role: {FleetWords.Of(host.Role)}, service: {Quoted(host.Service)}, instanceType: {Quoted(host.InstanceType)}, positionClass: {host.PositionClass}, driver: {FleetWords.Of(host.Driver)}, validator: {(host.Validator ? "true" : "false")}}}"));
            last = host;

            void Level(int depth, string name, string list)
            {
                if (anew)
                {
                    var indent = new string(' ', (depth * 4) - 2);
                    text.WriteLine($"{indent}- name: {Quoted(name)}\n{indent}  {list}:");
                }
            }
        }
    }

    /// <summary>Names that other readers might take for a number or a truth value are quoted.</summary>
    private static string Quoted(string name) =>
        char.IsAsciiLetter(name[0]) && name.ToLowerInvariant() is not ("true" or "false" or "yes" or "no" or "on" or "off" or "null" or "y" or "n") ? name : $"\"{name}\"";

    /// <summary>A map of the file and the one it stands in; its name may come after its children.</summary>
    private sealed class Node(int level, Node? parent, int line)
    {
        public int Level => level;

        public Dictionary<string, string> Fields { get; } = [];

        public int Line => line;

        public HostRow ToRow()
        {
            var names = new string?[4];
            for (var at = parent; at is { Level: > 0 }; at = at.Parent)
            {
                names[at.Level - 1] = at.Fields.GetValueOrDefault("name");
            }

            return new(line, Of("id"), names[0], names[1], names[2], names[3], Of("role"), Of("service"), Of("instanceType"), Of("positionClass"), Of("driver"), Of("validator"));

            string? Of(string field) => Fields.GetValueOrDefault(field);
        }

        private Node? Parent => parent;
    }

    private sealed class Reader(Parser parser, List<FleetFileError> errors, List<Node> hosts)
    {
        public void Map(Node node)
        {
            if (!parser.TryConsume<MappingStart>(out var start))
            {
                Wrong(null, $"here stands {Kind()}, expected are fields", $"Write fields such as '{(node.Level == 0 ? "partitions" : Levels[node.Level].Fields[0])}: …'.");
                Skip();
                return;
            }

            Anchored(start);
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                Field(node);
            }

            if (node.Level == Levels.Length - 1)
            {
                hosts.Add(node);
            }
        }

        private void Field(Node node)
        {
            var (list, fields) = Levels[node.Level];
            var name = parser.Current is Scalar key ? key.Value : null;
            var at = parser.Current!.Start;
            Skip();
            if (name == list && list.Length > 0)
            {
                List(node);
            }
            else if (name is null || !fields.Contains(name))
            {
                errors.Add(new((int)at.Line, (int)at.Column, name is { Length: > 64 } ? name[..64] : name, "the field is not known here", $"Known are {string.Join(", ", [.. fields, .. list.Length > 0 ? [list] : Array.Empty<string>()])}."));
                Skip();
            }
            else if (parser.Current is Scalar value)
            {
                Anchored(value);
                if (!node.Fields.TryAdd(name, value.Value))
                {
                    Wrong(name, "the field is there twice", "Give it once.");
                }

                Skip();
            }
            else
            {
                Wrong(name, $"here stands {Kind()}, expected is one value", "Write the value after the colon.");
                Skip();
            }
        }

        private void List(Node parent)
        {
            if (!parser.TryConsume<SequenceStart>(out var start))
            {
                Wrong(Levels[parent.Level].List, $"here stands {Kind()}, expected is a list", "Begin each item with '- '.");
                Skip();
                return;
            }

            Anchored(start);
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                Map(new Node(parent.Level + 1, parent, (int)parser.Current!.Start.Line));
                if (hosts.Count > FleetFileResult.MostHosts || errors.Count > FleetFileResult.MostHosts)
                {
                    throw new YamlException(parser.Current!.Start, parser.Current.End, "there are too many hosts or errors");
                }
            }
        }

        /// <summary>Passes one value, however deep, without recursion.</summary>
        private void Skip()
        {
            var depth = 0;
            do
            {
                depth += parser.Current!.NestingIncrease;
                if (parser.Current is AnchorAlias)
                {
                    Wrong(null, "an alias stands here", "Write the value itself.");
                }

                parser.MoveNext();
            }
            while (depth > 0);
        }

        private void Anchored(NodeEvent node)
        {
            if (!node.Anchor.IsEmpty)
            {
                errors.Add(new((int)node.Start.Line, (int)node.Start.Column, null, "an anchor stands here", "Leave it out; fleet files have no anchors."));
            }
        }

        private string Kind() => parser.Current switch { Scalar { Value: "" } => "nothing", Scalar => "a value", SequenceStart => "a list", MappingStart => "fields", AnchorAlias => "an alias", _ => "nothing" };

        private void Wrong(string? field, string why, string @do) => errors.Add(new((int)parser.Current!.Start.Line, (int)parser.Current.Start.Column, field, why, @do));
    }
}
