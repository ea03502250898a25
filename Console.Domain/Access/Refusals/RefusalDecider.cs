using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Access.Refusals;

/// <summary>Which refused attempts are written down: each one of an actor once a minute, and no more of one actor, or of all, than a reader could follow.</summary>
public sealed class RefusalDecider : IDecider<RefusalBook>
{
    /// <summary>The same attempt of the same actor is told once in this time.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    /// <summary>Different attempts of one actor within <see cref="Again"/>: who tries more hides only attempts of their own.</summary>
    public const int MostOfOne = 20;

    public const int MostOfAll = 500;

    /// <summary>Characters; what a refused request says is as long as its sender likes.</summary>
    private const int LongestText = 500;

    public RefusalBook Initial(StreamId stream) => new();

    public ImmutableArray<Scope> Reach(RefusalBook state, ICommand command) => [];

    public Decision Decide(RefusalBook state, ICommand command, DecisionContext context)
    {
        var note = (NoteRefusal)command;
        var recent = state.Told.Where(told => context.Now - told.Value < Again).Select(told => told.Key).ToHashSet();
        var mine = context.Actor.Id + "\n";
        if (recent.Contains(Key(context.Actor.Id, note.Command, note.On, note.Rejection.Code)) || recent.Count >= MostOfAll || recent.Count(key => key.StartsWith(mine, StringComparison.Ordinal)) >= MostOfOne)
        {
            return Decision.Nothing;
        }

        return Decision.Accept(new AttemptRefused(note.Command, note.On, Bounded(note.Where), note.Rejection.Code, Bounded(note.Rejection.Why)) { By = context.Actor.Id });
    }

    public RefusalBook Apply(RefusalBook state, IEvent happened, DateTimeOffset at) =>
        happened is AttemptRefused refused
            ? state with { Told = state.Told.RemoveRange(state.Told.Where(told => at - told.Value >= Again).Select(told => told.Key)).SetItem(Key(refused.By, refused.Command, refused.On, refused.Code), at) }
            : state;

    private static string Bounded(string text) => text.Length > LongestText ? text[..LongestText] + "…" : text;

    private static string Key(string actor, string command, string on, string code) => $"{actor}\n{command}\n{on}\n{code}";
}
