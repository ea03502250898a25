using System.Collections.Immutable;
using OpsConsole.Domain.Noodles.Expressions;
using OpsConsole.Domain.Noodles.Steps;

namespace OpsConsole.Engine.Noodles.Steps;

/// <summary>All steps of all libraries, with the teams' links to them; made once.</summary>
public sealed class NoodleLibrary
{
    private readonly ImmutableArray<Func<StepCall, Task>> _bodies;

    public NoodleLibrary(IEnumerable<IStepLibrary> libraries, IEnumerable<StepLink> links)
    {
        var book = StepBook.Of(libraries);
        (Catalogue, var faults) = StepCatalogue.Make(book.Sentences, [.. links], book.Types);
        (Types, Hooks, _bodies, Faults) = (book.Types, book.Hooks, book.Bodies, book.Faults.AddRange(faults));
    }

    public StepCatalogue Catalogue { get; }

    public ParameterTypes Types { get; }

    public ImmutableArray<Hook> Hooks { get; }

    /// <summary>Sentences, links, types and hooks that cannot be used, each with its owner.</summary>
    public ImmutableArray<string> Faults { get; }

    public Func<StepCall, Task> BodyOf(StepMatch.Found step) => _bodies[step.Index];

    public IEnumerable<Hook> Of(HookKind kind) => Hooks.Where(hook => hook.Kind == kind);
}
