using System.Globalization;
using System.Text;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Engine.Fleet.Files;

public enum FleetFormat
{
    Yaml,
    Csv,
}

/// <summary>Fleet files in and out. What <see cref="Write"/> wrote, <see cref="Read"/> reads back to the same hosts.</summary>
public static class FleetFiles
{
    /// <summary>The largest file that is read.</summary>
    public const long MostBytes = 64L * 1024 * 1024;

    private const int MostFound = 100_000;

    /// <summary>By the name's ending: <c>.yaml</c>, <c>.yml</c> or <c>.csv</c>; null for others.</summary>
    public static FleetFormat? FormatOf(string name) =>
        Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".yaml" or ".yml" => FleetFormat.Yaml,
            ".csv" => FleetFormat.Csv,
            _ => null,
        };

    /// <summary>Reads and judges the whole file; nothing is applied. A stream that says it is too long is refused unread, one that does not say is cut off at the limit.</summary>
    /// <param name="length">The length where the caller knows it and the stream does not, such as an HTTP body's.</param>
    public static FleetFileResult Read(Stream stream, FleetFormat format, long? length = null)
    {
        if ((length ?? (stream.CanSeek ? stream.Length - stream.Position : null)) is > MostBytes and var known)
        {
            return TooLong(string.Create(CultureInfo.InvariantCulture, $"{known:N0} bytes"));
        }

        var bounded = new BoundedStream(stream, MostBytes, () => new FileTooLongException());
        var rows = new List<HostRow>();
        var errors = new List<FleetFileError>();
        try
        {
            using var text = new StreamReader(bounded, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false, leaveOpen: true);
            if (text.Peek() == '\uFEFF')
            {
                text.Read();
            }

            var read = format == FleetFormat.Csv ? CsvFleetFile.Read(text, errors) : YamlFleetFile.Read(text, errors);
            foreach (var row in read)
            {
                rows.Add(row);
                if (rows.Count > FleetFileResult.MostHosts || errors.Count > MostFound)
                {
                    errors.Add(new(row.Line, 0, null, errors.Count > MostFound ? "there is too much wrong to go on" : string.Create(CultureInfo.InvariantCulture, $"the file names more than {FleetFileResult.MostHosts:N0} hosts"), "Correct or split the file."));
                    return FleetFileResult.Wrong(errors);
                }
            }
        }
        catch (DecoderFallbackException)
        {
            errors.Add(new(rows.Count == 0 ? 1 : rows[^1].Line, 0, null, "the file is not UTF-8 text from about here", "Save it as UTF-8."));
        }
        catch (FileTooLongException)
        {
            return TooLong("more");
        }

        return FleetFileCheck.Check(rows, errors);
    }

    /// <summary>Writes hosts in the order of partition, region, AZ, rack and id, as UTF-8.</summary>
    public static void Write(Stream stream, FleetFormat format, IEnumerable<Host> hosts)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        var sorted = hosts.OrderBy(host => host.Partition, StringComparer.Ordinal)
            .ThenBy(host => host.Region, StringComparer.Ordinal)
            .ThenBy(host => host.Az, StringComparer.Ordinal)
            .ThenBy(host => host.Rack, StringComparer.Ordinal)
            .ThenBy(host => host.Id, StringComparer.Ordinal);
        if (format == FleetFormat.Csv)
        {
            CsvFleetFile.Write(text, sorted);
        }
        else
        {
            YamlFleetFile.Write(text, sorted);
        }
    }

    private static FleetFileResult TooLong(string length) =>
        FleetFileResult.Wrong([new(0, 0, null, string.Create(CultureInfo.InvariantCulture, $"the file has {length}; at most {MostBytes:N0} bytes are read"), "Split it by region: files add up, and hosts a file does not name stay as they are.")]);
}
