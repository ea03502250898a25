namespace OpsConsole.Engine.Journal;

/// <summary>The journal cannot be used as it is: written by a later version, or broken. The message says what to do.</summary>
public sealed class JournalException : Exception
{
    public JournalException()
    {
    }

    public JournalException(string message)
        : base(message)
    {
    }

    public JournalException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
