using OpsConsole.Domain.ProvingGround.Consensus;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Index.Disk;
using OpsConsole.Engine.ProvingGround.Index.Wire;

namespace OpsConsole.Tests.ProvingGround.Index;

public sealed class LogFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("index-log-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Random appends, replacements and forgetting over many small files, reopened again and again: always what was written.</summary>
    [Fact]
    public void Files_that_went_leave_a_log_that_reads_the_same()
    {
        for (var seed = 1; seed <= 40; seed++)
        {
            var random = new Random(seed);
            var folder = Path.Combine(_folder, $"{seed}");
            var (entries, begins, term, last, lastTerm) = (new List<LogEntry>(), 0L, 1L, 0L, 0L);
            for (var opened = 0; opened < 6; opened++)
            {
                using var log = new LogFiles(folder, new PatientDisk(), fileBytes: 200);
                Assert.True(entries.Where(entry => entry.Index > begins).Select(entry => (entry.Index, entry.Term)).SequenceEqual(log.Found.Entries.Select(entry => (entry.Index, entry.Term))), $"seed {seed}");
                Assert.Equal(begins, log.Found.Begins);
                for (var i = 0; i < 15; i++)
                {
                    var from = random.Next(4) == 0 ? Math.Max(begins, last - random.Next(4)) : last;
                    term += from < last ? 1 : 0;
                    entries.RemoveAll(entry => entry.Index > from);
                    var entry = new LogEntry(from + 1, term, new byte[random.Next(60)]);
                    entries.Add(entry);
                    Write(log, entry.Index, (last, lastTerm), to => LogRecords.WriteEntry(to, entry));
                    (last, lastTerm) = (entry.Index, entry.Term);
                    if (random.Next(5) == 0 && last > begins)
                    {
                        begins = random.NextInt64(begins + 1, last + 1);
                        Write(log, last, (last, lastTerm), to => LogRecords.WriteBegin(to, begins, entries.Single(one => one.Index == begins).Term));
                        log.ForgetTo(begins);
                    }
                }
            }
        }
    }

    private static void Write(LogFiles log, long last, (long Index, long Term) before, Action<WireWriter> write)
    {
        var frame = new WireWriter();
        write(frame);
        log.Write(frame.Written.Span, last, to => LogRecords.WriteStart(to, before.Index, before.Term));
    }
}
