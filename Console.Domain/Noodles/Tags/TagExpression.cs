namespace OpsConsole.Domain.Noodles.Tags;

/// <summary>Which scenarios, by their tags: <c>@canary and not (@slow or @destructive)</c>.</summary>
public abstract record TagExpression
{
    /// <summary>Matches everything.</summary>
    public static TagExpression Everything { get; } = new Any();

    public abstract bool Holds(IReadOnlyCollection<string> tags);

    /// <summary>One of the two; the fault says what is wrong, where and what to write.</summary>
    public static (TagExpression? Expression, string? Fault) Parse(string text) => TagParser.Parse(text);

    internal sealed record Any : TagExpression
    {
        public override bool Holds(IReadOnlyCollection<string> tags) => true;

        public override string ToString() => "";
    }

    internal sealed record Tag(string Name) : TagExpression
    {
        public override bool Holds(IReadOnlyCollection<string> tags) => tags.Contains(Name);

        public override string ToString() => string.Concat(Name.Select(one => one is '(' or ')' or '\\' || char.IsWhiteSpace(one) ? $"\\{one}" : $"{one}"));
    }

    internal sealed record Not(TagExpression Inner) : TagExpression
    {
        public override bool Holds(IReadOnlyCollection<string> tags) => !Inner.Holds(tags);

        public override string ToString() => Inner is Both or Either ? $"not {Inner}" : $"not ( {Inner} )";
    }

    internal sealed record Both(TagExpression Left, TagExpression Right) : TagExpression
    {
        public override bool Holds(IReadOnlyCollection<string> tags) => Left.Holds(tags) && Right.Holds(tags);

        public override string ToString() => $"( {Left} and {Right} )";
    }

    internal sealed record Either(TagExpression Left, TagExpression Right) : TagExpression
    {
        public override bool Holds(IReadOnlyCollection<string> tags) => Left.Holds(tags) || Right.Holds(tags);

        public override string ToString() => $"( {Left} or {Right} )";
    }
}
