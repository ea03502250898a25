using OpsConsole.Domain.Durability.Sets;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Durability;

namespace OpsConsole.Web.Durability;

/// <summary>The form "what if": what is typed and chosen, and what came of it.</summary>
public sealed class WhatIfForm(DurabilityReader reader)
{
    /// <summary>Host ids and racks (<c>az/rack</c>), separated by spaces, commas or lines.</summary>
    public string Names { get; set; } = "";

    public HashSet<string> Azs { get; } = new(StringComparer.Ordinal);

    public WhatIfAnswer? Answer { get; private set; }

    public Rejection? Refused { get; private set; }

    public void Choose(string az, bool chosen) => _ = chosen ? Azs.Add(az) : Azs.Remove(az);

    public void Ask(DurabilityView view)
    {
        var names = Names.Split([' ', ',', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        (Answer, Refused) = reader.Ask(view, new([.. names.Where(name => !name.Contains('/'))], [.. names.Where(name => name.Contains('/'))], [.. Azs.Order()]), new());
    }

    /// <summary>What the answer says first.</summary>
    public string? Verdict => Answer is not { } answer ? null
        : answer.Killed == 0 ? "All of them count as gone already: nothing would change."
        : answer.Lost > 0 ? $"{answer.Lost:N0} {(answer.Lost == 1 ? "set" : "sets")} could not be read any more."
        : $"Nothing would be lost; the {(answer.Touched == 1 ? "set" : "sets")} left with least may lose {answer.LeastSlackLeft} more.";
}
