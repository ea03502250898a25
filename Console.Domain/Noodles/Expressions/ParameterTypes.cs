using System.Collections.Immutable;

namespace OpsConsole.Domain.Noodles.Expressions;

/// <summary>The parameter types there are, by name. Each name has one owner.</summary>
public sealed class ParameterTypes
{
    private readonly ImmutableDictionary<string, ParameterType> _byName;

    private ParameterTypes(ImmutableDictionary<string, ParameterType> byName) => _byName = byName;

    public static ParameterTypes BuiltIn { get; } = new(BuiltInTypes.All.ToImmutableDictionary(type => type.Name));

    public IEnumerable<string> Names => _byName.Keys.Where(name => name.Length > 0).Order(StringComparer.Ordinal);

    public ParameterType? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>With one more. The fault says why not.</summary>
    public (ParameterTypes Types, string? Fault) With(ParameterType type) =>
        type.Fault() is { } fault ? (this, fault)
        : Find(type.Name) is { } taken ? (this, $"{{{type.Name}}} is defined twice: by {Named(taken)} and by {Named(type)}.")
        : (new(_byName.Add(type.Name, type)), null);

    /// <summary>The type through which a regular-expression step's group is given; null where none reads the same, or more than one.</summary>
    internal ParameterType? ForGroup(string source) =>
        _byName.Values.Where(type => type.ForRegexGroups && type.Regexes.Contains(source)).Take(2).ToArray() is [var only] ? only : null;

    private static string Named(ParameterType type) => type.Owner.Length == 0 ? "Cucumber itself" : type.Owner;
}
