namespace OpsConsole.Engine.Noodles.Gates;

/// <summary>What a gate on behaviour tests asks for, as its query has it: <c>proving-ground/validator: @canary and not @large</c>.</summary>
/// <param name="Target">A target's name, or a vantage point: then the first target that is looked at from there.</param>
/// <param name="Tags">A tag expression; empty for all scenarios.</param>
public sealed record NoodleGate(string Target, string Tags)
{
    /// <summary>Null where the query names no target.</summary>
    public static NoodleGate? Of(string query) =>
        query.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? new(query[..colon].Trim(), query[(colon + 1)..].Trim()) : null;
}
