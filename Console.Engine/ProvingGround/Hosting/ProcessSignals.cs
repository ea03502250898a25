using System.Runtime.InteropServices;

namespace OpsConsole.Engine.ProvingGround.Hosting;

/// <summary>Makes a process stand still, go on, and end in its own time. Only where the system has signals.</summary>
internal static partial class ProcessSignals
{
    private const int Terminate = 15;
    private const int Continue = 18;
    private const int Stop = 19;

    public static bool Pause(RunningHost running) => Send(running, Stop);

    public static bool Resume(RunningHost running) => Send(running, Continue);

    public static bool AskToEnd(RunningHost running) => Send(running, Terminate);

    private static bool Send(RunningHost running, int signal) => OperatingSystem.IsLinux() && ProcessTable.Lives(running) && Signal(running.Pid, signal) == 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int pid, int signal);
}
