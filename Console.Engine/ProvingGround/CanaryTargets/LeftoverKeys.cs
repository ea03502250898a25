namespace OpsConsole.Engine.ProvingGround.CanaryTargets;

/// <summary>
/// Tells leftovers from keys in use by looking again: a key that is still there when no attempt can be that old belongs to one that ended without deleting it. What a
/// host says of a key's age is not asked, since hosts' clocks may be wrong. Remembers no more than the last look found.
/// </summary>
/// <param name="age">Longer than any attempt is, its grace included.</param>
internal sealed class LeftoverKeys(TimeSpan age)
{
    private Dictionary<string, TimeSpan> _firstSeen = new(StringComparer.Ordinal);

    /// <summary>Those of the keys that are leftovers now.</summary>
    /// <param name="at">Of this look, on a clock that only goes on.</param>
    public string[] Look(IEnumerable<string> keys, TimeSpan at)
    {
        var seen = keys.Distinct(StringComparer.Ordinal).ToDictionary(key => key, key => _firstSeen.GetValueOrDefault(key, at), StringComparer.Ordinal);
        _firstSeen = seen;
        return [.. seen.Where(pair => at - pair.Value >= age).Select(pair => pair.Key)];
    }
}
