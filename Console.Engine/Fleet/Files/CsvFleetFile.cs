using System.Globalization;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Engine.Fleet.Files;

/// <summary>Fleet files as CSV (RFC 4180): one host a line, the columns named in the first.</summary>
internal static class CsvFleetFile
{
    private static readonly string[] Needed = ["id", "partition", "region", "az", "rack", "role", "instance_type"];
    private static readonly string[] Columns = ["id", "partition", "region", "az", "rack", "role", "service", "instance_type", "position_class", "driver", "validator"];

    public static IEnumerable<HostRow> Read(TextReader text, List<FleetFileError> errors)
    {
        string[]? header = null;
        foreach (var (line, fields) in new CsvRecords(text, errors).Read())
        {
            if (header is null)
            {
                header = [.. fields.Select(name => name.ToLowerInvariant())];
                var wrong = HeaderErrors(header, line);
                errors.AddRange(wrong);
                if (wrong.Length > 0)
                {
                    yield break;
                }

                continue;
            }

            if (fields.Length != header.Length)
            {
                errors.Add(new(line, 0, null, $"it has {fields.Length} fields, the first line names {header.Length}", "Give every line a field for every column, if an empty one."));
                continue;
            }

            yield return new HostRow(line, At("id"), At("partition"), At("region"), At("az"), At("rack"), At("role"), At("service"), At("instance_type"), At("position_class"), At("driver"), At("validator"));

            string? At(string column) => Array.IndexOf(header, column) is var at and >= 0 ? fields[at] : null;
        }
    }

    public static void Write(TextWriter text, IEnumerable<Host> hosts)
    {
        text.WriteLine(string.Join(',', Columns));
        foreach (var host in hosts)
        {
            string[] fields =
            [
                host.Id, host.Partition, host.Region, host.Az, host.Rack, FleetWords.Of(host.Role), host.Service, host.InstanceType,
                host.PositionClass.ToString(CultureInfo.InvariantCulture), FleetWords.Of(host.Driver), host.Validator ? "true" : "false",
            ];
            text.WriteLine(string.Join(',', fields.Select(Quoted)));
        }
    }

    private static string Quoted(string field) => field.AsSpan().IndexOfAny(",\" \r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static FleetFileError[] HeaderErrors(string[] header, int line) =>
    [
        .. Needed.Except(header).Select(column => new FleetFileError(line, 0, column, "the column is missing", $"The first line names the columns: {string.Join(',', Columns)}.")),
        .. header.Except(Columns).Select(column => new FleetFileError(line, 0, column.Length > 64 ? column[..64] : column, "the column is not known", $"Known are {string.Join(',', Columns)}.")),
        .. header.GroupBy(column => column).Where(same => same.Count() > 1).Select(same => new FleetFileError(line, 0, same.Key, "the column is there twice", "Name each column once.")),
    ];
}
