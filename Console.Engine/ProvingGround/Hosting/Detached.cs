using System.Runtime.InteropServices;

namespace OpsConsole.Engine.ProvingGround.Hosting;

/// <summary>Cuts a process loose from the terminal and the pipes of the one that started it, so that it neither dies with it nor keeps its output open.</summary>
internal static partial class Detached
{
    private const int WriteOnlyCreateTruncate = 0x241;
    private const int OwnerOnly = 0x180;

    /// <summary>From here on what the process prints goes to the log file, begun anew at each start.</summary>
    public static void Become(string logFile)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        _ = SetSid();
        var nothing = Open("/dev/null", 0, 0);
        var log = Open(logFile, WriteOnlyCreateTruncate, OwnerOnly);
        if (nothing >= 0 && log >= 0)
        {
            _ = Dup2(nothing, 0);
            _ = Dup2(log, 1);
            _ = Dup2(log, 2);
        }
    }

    [LibraryImport("libc", EntryPoint = "setsid")]
    private static partial int SetSid();

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Dup2(int from, int to);
}
