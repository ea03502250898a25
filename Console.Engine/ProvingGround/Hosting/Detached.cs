using System.Globalization;
using System.Runtime.InteropServices;

namespace OpsConsole.Engine.ProvingGround.Hosting;

/// <summary>
/// Cuts a process loose from the terminal and the pipes of the one that started it, so that it neither dies with it nor keeps its output open, and lets the console
/// and what an operator runs beside it go first: twenty hosts that start together must not keep a page waiting.
/// </summary>
internal static partial class Detached
{
    private const int WriteOnlyCreateTruncate = 0x241;
    private const int OwnerOnly = 0x180;

    /// <summary>The share of a processor that a host asks for beside one of nice 0: a third.</summary>
    private const int Nice = 5;

    /// <summary>From here on what the process prints goes to the log file, begun anew at each start.</summary>
    public static void Become(string logFile)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        _ = SetSid();
        GoSecond();
        var nothing = Open("/dev/null", 0, 0);
        var log = Open(logFile, WriteOnlyCreateTruncate, OwnerOnly);
        if (nothing >= 0 && log >= 0)
        {
            _ = Dup2(nothing, 0);
            _ = Dup2(log, 1);
            _ = Dup2(log, 2);
        }
    }

    /// <summary>Kernels that group by session share processors between sessions first; a nice value then counts within one only, and the session has its own.</summary>
    private static void GoSecond()
    {
        _ = SetPriority(0, 0, Nice);
        try
        {
            File.WriteAllText("/proc/self/autogroup", Nice.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No such groups here: the nice value says it all.
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int nice);

    [LibraryImport("libc", EntryPoint = "setsid")]
    private static partial int SetSid();

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Dup2(int from, int to);
}
