using System.Runtime.InteropServices;

namespace OpsConsole.Engine.ProvingGround.Store;

/// <summary>Writes a file so that it is whole and on disk, or not there at all, whenever the power goes.</summary>
internal static partial class DurableFile
{
    public static void Write(string beside, string file, ReadOnlySpan<byte> content)
    {
        using (var handle = File.OpenHandle(beside, FileMode.Create, FileAccess.Write, preallocationSize: content.Length))
        {
            RandomAccess.Write(handle, content, 0);
            RandomAccess.FlushToDisk(handle);
        }

        Rename(beside, file);
    }

    /// <summary>For a file that is whole and on disk already.</summary>
    public static void Rename(string beside, string file)
    {
        File.Move(beside, file, overwrite: true);
        FlushFolder(Path.GetDirectoryName(file)!);
    }

    /// <summary>A rename is on disk only when the folder is; the base library cannot open a folder, so the system is asked itself.</summary>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Open(folder, 0);
        if (handle < 0)
        {
            throw new IOException($"cannot open the folder {folder} to flush it, error {Marshal.GetLastPInvokeError()}");
        }

        var flushed = Fsync(handle);
        _ = Close(handle);
        if (flushed != 0)
        {
            throw new IOException($"cannot flush the folder {folder}");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
