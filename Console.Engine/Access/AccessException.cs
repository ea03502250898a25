namespace OpsConsole.Engine.Access;

/// <summary>The account store cannot be used as it is. The message says why and what to do.</summary>
public sealed class AccessException : Exception
{
    public AccessException()
    {
    }

    public AccessException(string message)
        : base(message)
    {
    }

    public AccessException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
