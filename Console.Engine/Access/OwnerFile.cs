using System.Text;

namespace OpsConsole.Engine.Access;

/// <summary>A file that only the owner of the process may read.</summary>
internal static class OwnerFile
{
    public static void Write(string path, string text)
    {
        // Made anew, so that it never exists for a moment with an older file's wider permissions.
        File.Delete(path);
        using var file = Make(path);
        file.Write(Encoding.UTF8.GetBytes(text + "\n"));
    }

    /// <summary>Makes the file, empty; does nothing where it is there already.</summary>
    public static void Ensure(string path)
    {
        if (!File.Exists(path))
        {
            Make(path).Dispose();
        }
    }

    private static FileStream Make(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
