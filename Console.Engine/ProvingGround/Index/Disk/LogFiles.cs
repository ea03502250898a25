using System.Globalization;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Index.Wire;

namespace OpsConsole.Engine.ProvingGround.Index.Disk;

/// <summary>
/// The log on disk: files of frames, written one after another and never changed. A file begins with the term, the vote and where the log begins, so that those before it can go. The
/// end of the last file may be torn by a crash and is cut off: it was never acknowledged. Anything else that does not read as written is damage, and the host refuses to start.
/// </summary>
internal sealed class LogFiles : IDisposable
{
    private readonly string _folder;
    private readonly long _fileBytes;
    private readonly List<(long Number, long Last)> _files = [];
    private readonly PatientDisk _disk;
    private KeptFile? _file;
    private long _at;

    /// <param name="fileBytes">A new file is begun after this many.</param>
    public LogFiles(string folder, PatientDisk disk, long fileBytes = 8 << 20)
    {
        (_folder, _disk, _fileBytes) = (folder, disk, fileBytes);
        Directory.CreateDirectory(folder);
        var found = new LogRecords();
        var numbers = Directory.GetFiles(folder, "log-*").Select(file => long.Parse(Path.GetFileName(file)[4..], CultureInfo.InvariantCulture)).Order().ToArray();
        for (var i = 0; i < numbers.Length; i++)
        {
            ReadFile(numbers[i], found, last: i == numbers.Length - 1);
            _files.Add((numbers[i], found.Last));
        }

        Found = found;
    }

    /// <summary>What was there at the start.</summary>
    public LogRecords Found { get; }

    private string FileOf(long number) => Path.Combine(_folder, $"log-{number:D10}");

    /// <summary>Writes a frame and waits until it is on disk.</summary>
    /// <param name="last">The log's last entry with it.</param>
    public void Write(ReadOnlySpan<byte> payload, long last, Action<WireWriter> opening)
    {
        if (_file is null || _at >= _fileBytes)
        {
            Begin(opening);
        }

        var frame = LogFrame.Make(payload);
        _file!.Write(frame, _at);
        _file.Flush();
        _at += frame.Length;
        _files[^1] = (_files[^1].Number, last);
    }

    /// <summary>Removes the files that hold nothing after this entry; never the last.</summary>
    public void ForgetTo(long index)
    {
        while (_files.Count > 1 && _files[0].Last <= index)
        {
            File.Delete(FileOf(_files[0].Number));
            _files.RemoveAt(0);
        }
    }

    public void Dispose() => _file?.Dispose();

    /// <summary>A file of its own from here on: what it opens with is on disk before the name is.</summary>
    private void Begin(Action<WireWriter> opening)
    {
        _file?.Dispose();
        var number = _files.Count == 0 ? 1 : _files[^1].Number + 1;
        var head = new WireWriter();
        opening(head);
        var frame = LogFrame.Make(head.Written.Span);
        Store.DurableFile.Write(Path.Combine(_folder, "next"), FileOf(number), frame);
        _files.Add((number, _files.Count == 0 ? 0 : _files[^1].Last));
        _file = KeptFile.Open(FileOf(number), FileMode.Open, _disk);
        _at = frame.Length;
    }

    private void ReadFile(long number, LogRecords found, bool last)
    {
        ReadOnlyMemory<byte> bytes = File.ReadAllBytes(FileOf(number));
        var at = 0;
        while (at < bytes.Length)
        {
            if (LogFrame.Read(bytes[at..]) is { } payload)
            {
                Read(payload, found, number, at);
                at += LogFrame.Head + payload.Length;
            }
            else if (last && !LogFrame.AnyIn(bytes[(at + 1)..]))
            {
                break;
            }
            else
            {
                throw Damaged(number, at);
            }
        }

        if (last)
        {
            _file = KeptFile.Open(FileOf(number), FileMode.Open, _disk);
            _file.CutAt(at);
            _at = at;
        }
    }

    private void Read(ReadOnlyMemory<byte> payload, LogRecords found, long number, int at)
    {
        try
        {
            found.Read(payload);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException(Damaged(number, at).Message, e);
        }
    }

    private InvalidDataException Damaged(long number, int at) =>
        new($"{FileOf(number)} is damaged at byte {at}, before its end. The other members have what it held: stop this host, empty its index folder only while both others run, and start it.");
}
