namespace OpsConsole.Tests.World;

/// <summary>Tests that measure what the whole process does run one after another, beside no other test.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
