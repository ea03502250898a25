using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace OpsConsole.Domain.Noodles.Expressions;

/// <summary>Writes an expression as the regular expression that Cucumber would make of it.</summary>
internal sealed partial class ExpressionRegex(string expression, ParameterTypes types)
{
    private readonly ImmutableArray<ParameterType>.Builder _parameters = ImmutableArray.CreateBuilder<ParameterType>();

    public ImmutableArray<ParameterType> Parameters => _parameters.ToImmutable();

    public string Write(ExpressionNode node) =>
        node.Kind switch
        {
            NodeKind.Text => Special().Replace(node.Text, @"\$0"),
            NodeKind.Optional => Optional(node),
            NodeKind.Alternation => $"(?:{string.Join('|', node.Parts.Select(Alternative))})",
            NodeKind.Parameter => Parameter(node),
            _ => $"^{All(node)}$",
        };

    private string All(ExpressionNode node) => string.Concat(node.Parts.Select(Write));

    private string Optional(ExpressionNode node)
    {
        foreach (var part in node.Parts.Where(part => part.Kind != NodeKind.Text))
        {
            throw Fault(part, part.Kind == NodeKind.Parameter ? "There is a parameter inside an optional." : "There is an optional inside another.", "An optional holds text only; write two sentences, or escape the bracket.");
        }

        return node.Parts.Any(part => part.Text.Length > 0) ? $"(?:{All(node)})?" : throw Fault(node, "The optional is empty.", @"Write text between the brackets, or \( where the bracket is text.");
    }

    private string Alternative(ExpressionNode node)
    {
        foreach (var part in node.Parts.Where(part => part.Kind == NodeKind.Parameter))
        {
            throw Fault(part, "There is a parameter inside an alternative.", "Alternatives hold text only; write two sentences.");
        }

        return node.Parts.IsEmpty ? throw Fault(node, "An alternative is empty.", @"Write a word on both sides of the slash, or \/ where the slash is text.")
            : node.Parts.All(part => part.Kind != NodeKind.Text) ? throw Fault(node, "An alternative is nothing but an optional.", "Write an optional for the whole alternation instead.")
            : All(node);
    }

    private string Parameter(ExpressionNode node)
    {
        if (types.Find(node.Flat) is not { } type)
        {
            throw new ExpressionFaultException(new(ExpressionFaultKind.UndefinedParameterType, expression, node.Start + 1, $"There is no parameter type '{node.Flat}'.", "Define it, or name one of: " + string.Join(", ", types.Names) + ".") { Missing = node.Flat });
        }

        _parameters.Add(type);
        return type.Regexes is [var only] ? $"({only})" : $"({string.Join('|', type.Regexes.Select(one => $"(?:{one})"))})";
    }

    private ExpressionFaultException Fault(ExpressionNode at, string why, string @do) => ExpressionTokenizer.Fault(expression, at.Start, why, @do);

    [GeneratedRegex(@"[\\^\[({$.|?*+})\]]")]
    private static partial Regex Special();
}
