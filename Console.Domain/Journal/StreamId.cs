namespace OpsConsole.Domain.Journal;

/// <summary>
/// The name of one stream of events, the unit of optimistic concurrency: <c>family/key</c>, or <c>family/region/key</c> for a family that
/// belongs to a region's writer. Parts are letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.
/// </summary>
public readonly record struct StreamId(string Value)
{
    public string Family => Value.IndexOf('/', StringComparison.Ordinal) is var at and >= 0 ? Value[..at] : Value;

    /// <summary><see cref="Family"/> without a string of its own.</summary>
    public ReadOnlySpan<char> FamilyPart() => Value.AsSpan(0, Value.IndexOf('/', StringComparison.Ordinal) is var at and >= 0 ? at : Value.Length);

    /// <summary>All after the family; empty for a family of one stream, such as <c>cord</c>.</summary>
    public string Key => Value.IndexOf('/', StringComparison.Ordinal) is var at and >= 0 ? Value[(at + 1)..] : "";

    /// <summary>The first part of the key: the region, in a regional family.</summary>
    public string FirstKey => FirstKeyPart().ToString();

    /// <summary><see cref="FirstKey"/> without a string of its own.</summary>
    public ReadOnlySpan<char> FirstKeyPart()
    {
        var rest = Value.IndexOf('/', StringComparison.Ordinal) is var at and >= 0 ? Value.AsSpan(at + 1) : [];
        return rest.IndexOf('/') is var end and >= 0 ? rest[..end] : rest;
    }

    public override string ToString() => Value;
}
