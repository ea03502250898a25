namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>Only one process writes a data folder: a lock on a file, which the system lets go of when the process ends, however it ends.</summary>
internal static class JournalLock
{
    public static FileStream Take(JournalOptions options)
    {
        try
        {
            Directory.CreateDirectory(options.DataFolder);
            return new FileStream(options.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new JournalException($"The data folder {options.DataFolder} cannot be written: {e.Message} Give this user the right to write it, or name another with --data.", e);
        }
        catch (IOException e)
        {
            throw new JournalException($"The data folder {options.DataFolder} cannot be used: {options.LockFile} is held, most likely by another console that runs on it. Nothing was changed. Stop that one, or name another folder with --data. ({e.Message})", e);
        }
    }
}
