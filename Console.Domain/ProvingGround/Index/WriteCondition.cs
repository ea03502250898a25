namespace OpsConsole.Domain.ProvingGround.Index;

/// <summary>What must hold of the key at the very moment of the write.</summary>
/// <param name="IfMatch">ETag without quotes, <c>*</c> for any; null where not asked.</param>
/// <param name="IfNoneMatch">Only <c>*</c> is served: there must be no object.</param>
public sealed record WriteCondition(string? IfMatch = null, string? IfNoneMatch = null)
{
    public static WriteCondition None { get; } = new();
}
