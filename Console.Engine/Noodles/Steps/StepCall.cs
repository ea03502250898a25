using System.Collections.Immutable;
using OpsConsole.Domain.Noodles.Expressions;
using OpsConsole.Domain.Noodles.Features;
using OpsConsole.Engine.Noodles.Running;

namespace OpsConsole.Engine.Noodles.Steps;

/// <summary>What a step is called with.</summary>
/// <param name="World">The scenario's own; nothing else is shared between steps.</param>
public sealed record StepCall(NoodleWorld World, ImmutableArray<Argument> Arguments, DataTable? RawTable, DocString? RawDoc, CancellationToken Cancel)
{
    /// <summary>The argument as a text, with what was kept filled in at <c>${name}</c>.</summary>
    public string Text(int at) => World.Fill(Raw<string>(at));

    public int Number(int at) => Raw<int>(at);

    public T Raw<T>(int at) =>
        Arguments[at].Fault is { } fault ? throw new BrokenTestException(fault)
        : Arguments[at].Value is T value ? value
        : throw new BrokenTestException($"The step wants a {typeof(T).Name} as argument {at + 1} and is given '{Arguments[at].Text}'.");

    /// <summary>The text below the step, filled in.</summary>
    public string Doc => World.Fill((RawDoc ?? throw new BrokenTestException("The step wants a text below it, between three quotes.")).Content);

    /// <summary>The table below the step, filled in; no rows where there is none.</summary>
    public ImmutableArray<ImmutableArray<string>> Table => RawTable is null ? [] : [.. RawTable.Rows.Select(row => row.Cells.Select(World.Fill).ToImmutableArray())];

    /// <summary>A table of two columns as pairs; none where there is no table.</summary>
    public ImmutableArray<(string Name, string Value)> Pairs =>
        [.. Table.Select(row => row.Length == 2 ? (row[0], row[1]) : throw new BrokenTestException("The table below the step has two columns: a name and a value."))];

    /// <summary>The first column.</summary>
    public ImmutableArray<string> Column => [.. Table.Select(row => row[0])];
}
