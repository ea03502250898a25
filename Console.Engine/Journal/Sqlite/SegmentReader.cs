using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>Reads a segment line by line. Throws <see cref="InvalidDataException"/> where the file is damaged.</summary>
internal sealed class SegmentReader(string path) : IDisposable
{
    private readonly StreamReader _lines = new(new GZipStream(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), CompressionMode.Decompress), new UTF8Encoding(false, true));
    private SegmentLine _line = new();

    public bool Step()
    {
        try
        {
            if (_lines.ReadLine() is not { } text)
            {
                return false;
            }

            _line = JsonSerializer.Deserialize<SegmentLine>(text, SegmentLine.Json) ?? throw new InvalidDataException("It holds an empty line.");
            return true;
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException or FormatException)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)} holds a line that is no event: {e.Message}", e);
        }
    }

    public EventFields Fields() => _line.Fields();

    public void Dispose() => _lines.Dispose();
}
