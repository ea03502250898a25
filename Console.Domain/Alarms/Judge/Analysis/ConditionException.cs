namespace OpsConsole.Domain.Alarms.Judge.Analysis;

/// <summary>What is wrong with a condition; never leaves <see cref="Condition"/>.</summary>
internal sealed class ConditionException : Exception
{
    public ConditionException()
    {
    }

    public ConditionException(string message)
        : base(message)
    {
    }

    public ConditionException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
