using System.Collections.Immutable;
using OpsConsole.Domain.Noodles.Expressions;
using OpsConsole.Domain.Noodles.Steps;
using OpsConsole.Domain.Noodles.Tags;

namespace OpsConsole.Engine.Noodles.Steps;

/// <summary>Steps of one owner.</summary>
public interface IStepLibrary
{
    /// <summary>The team that answers for them.</summary>
    string Owner { get; }

    void Define(StepBook book);
}

public enum HookKind
{
    BeforeAll,
    Before,
    After,
    AfterAll,
}

/// <param name="Tags">Of the scenarios it is for; of all where empty.</param>
public sealed record Hook(HookKind Kind, string Name, TagExpression Tags, string Owner, Func<StepCall, Task> Body);

/// <summary>Where a library writes down its steps.</summary>
public sealed class StepBook
{
    private readonly List<(StepSentence Sentence, Func<StepCall, Task> Body)> _steps = [];
    private readonly List<Hook> _hooks = [];
    private readonly List<string> _faults = [];
    private string _owner = "";
    private string _where = "";

    public ParameterTypes Types { get; private set; } = ParameterTypes.BuiltIn;

    public ImmutableArray<StepSentence> Sentences => [.. _steps.Select(step => step.Sentence)];

    public ImmutableArray<Func<StepCall, Task>> Bodies => [.. _steps.Select(step => step.Body)];

    public ImmutableArray<Hook> Hooks => [.. _hooks];

    public ImmutableArray<string> Faults => [.. _faults];

    public static StepBook Of(IEnumerable<IStepLibrary> libraries)
    {
        var book = new StepBook();
        foreach (var library in libraries)
        {
            (book._owner, book._where) = (library.Owner, library.GetType().Name);
            library.Define(book);
        }

        return book;
    }

    public void Type(ParameterType type)
    {
        (Types, var fault) = Types.With(type with { Owner = _owner });
        if (fault is not null)
        {
            _faults.Add($"{_where} ({_owner}): {fault}");
        }
    }

    /// <param name="expression">A Cucumber expression.</param>
    /// <param name="does">What it does, for the catalogue.</param>
    public void Step(string expression, string does, Func<StepCall, Task> body) => _steps.Add((new(expression, Regular: false, _owner, _where, does), body));

    public void Step(string expression, string does, Action<StepCall> body) => Step(expression, does, Sync(body));

    /// <summary>As a regular expression.</summary>
    public void Regular(string regex, string does, Action<StepCall> body) => _steps.Add((new(regex, Regular: true, _owner, _where, does), Sync(body)));

    /// <summary>Around scenarios with these tags; around the run where the kind says so.</summary>
    public void Hook(HookKind kind, string name, string tags, Func<StepCall, Task> body)
    {
        var (expression, fault) = TagExpression.Parse(tags);
        if (expression is null)
        {
            _faults.Add($"{_where} ({_owner}): the hook '{name}' cannot be used. {fault}");
            return;
        }

        _hooks.Add(new(kind, name, expression, _owner, body));
    }

    private static Func<StepCall, Task> Sync(Action<StepCall> body) =>
        call =>
        {
            body(call);
            return Task.CompletedTask;
        };
}
