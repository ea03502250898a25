using System.Collections.Immutable;
using System.Diagnostics;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Tests.Scenarios.Killed;

/// <summary>Kills its own process with SIGKILL once an event is on disk, before anybody is told of it.</summary>
internal sealed class KillAt(long sequence) : ICommitObserver
{
    public void Committed(ImmutableArray<Recorded> events)
    {
        if (sequence > 0 && events.Any(recorded => recorded.Sequence >= sequence))
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
