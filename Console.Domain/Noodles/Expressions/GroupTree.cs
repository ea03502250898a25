using System.Collections.Immutable;

namespace OpsConsole.Domain.Noodles.Expressions;

/// <summary>One capturing group of a regular expression.</summary>
/// <param name="Number">From 1, by opening bracket, as the engine counts them.</param>
/// <param name="Source">What stands between its brackets.</param>
internal sealed record RegexGroup(int Number, string Source, ImmutableArray<RegexGroup> Inner);

/// <summary>Finds which capturing groups lie within which, from the source text.</summary>
internal static class GroupTree
{
    /// <summary>The outermost groups. Named ones are counted after all others by the engine, so they are not allowed: null where there is one.</summary>
    public static ImmutableArray<RegexGroup>? Of(string regex)
    {
        var open = new Stack<(int Number, int From, ImmutableArray<RegexGroup>.Builder Inner)>();
        open.Push((0, 0, ImmutableArray.CreateBuilder<RegexGroup>()));
        var counted = 0;
        var inClass = false;
        for (var at = 0; at < regex.Length; at++)
        {
            switch (regex[at])
            {
                case '\\':
                    at++;
                    break;
                case '[':
                    inClass = true;
                    break;
                case ']':
                    inClass = false;
                    break;
                case '(' when !inClass:
                    var special = at + 1 < regex.Length && regex[at + 1] == '?';
                    if (special && at + 3 < regex.Length && ((regex[at + 2] is '<' && regex[at + 3] is not ('=' or '!')) || regex[at + 2] is '\''))
                    {
                        return null;
                    }

                    open.Push((special ? 0 : ++counted, at + 1, special ? open.Peek().Inner : ImmutableArray.CreateBuilder<RegexGroup>()));
                    break;
                case ')' when !inClass && open.Count > 1:
                    var (number, from, inner) = open.Pop();
                    if (number > 0)
                    {
                        open.Peek().Inner.Add(new(number, regex[from..at], inner.ToImmutable()));
                    }

                    break;
            }
        }

        return open.Last().Inner.ToImmutable();
    }
}
