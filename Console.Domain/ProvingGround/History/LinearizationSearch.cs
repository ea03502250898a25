using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.History;

/// <summary>
/// The search behind <see cref="Linearizability"/>. Operations stand in the order of sending. Because an operation must take effect before any that was sent after its
/// answer, those that have taken effect are a prefix of the list and a few behind it. A state is the prefix's length, the few, those of the prefix that were never
/// answered and have not taken effect so far, and the value.
/// </summary>
internal sealed class LinearizationSearch(ImmutableArray<KeyOperation> operations, string? before)
{
    private readonly HashSet<State> _visited = [];
    private readonly Stack<State> _open = new();

    /// <summary>The first operation that could not be given a place on the way that got furthest.</summary>
    public int Furthest { get; private set; }

    /// <summary>Null where it would take too many states to tell.</summary>
    public bool? Run()
    {
        Visit(Advance(0, [], [], before));
        while (_open.TryPop(out var state))
        {
            Furthest = Math.Max(Furthest, state.Prefix);
            if (state.Prefix == operations.Length)
            {
                return true;
            }

            if (_visited.Count > Linearizability.MostStates)
            {
                return null;
            }

            Expand(state);
        }

        return false;
    }

    /// <summary>Next may be each operation that was sent before the earliest answer among those that have not taken effect.</summary>
    private void Expand(State state)
    {
        var earliest = KeyOperation.Never;
        var candidates = new List<int>(state.Skipped);
        for (var i = state.Prefix; i < operations.Length && operations[i].Began <= earliest; i++)
        {
            if (!state.Beyond.Contains(i))
            {
                candidates.Add(i);
                earliest = Math.Min(earliest, operations[i].Ended);
            }
        }

        candidates.RemoveAll(i => operations[i].Began > earliest);
        var reads = candidates.FindAll(i => operations[i].Kind == OperationKind.Read);

        // A read of the value that is there changes nothing: taking it now is never worse than later.
        if (reads.FindIndex(i => operations[i].Value == state.Value) is >= 0 and var free)
        {
            Visit(After(state, reads[free]));
            return;
        }

        // Pushed last is tried first: what was answered first most likely took effect first.
        foreach (var i in candidates.Except(reads).Where(i => operations[i].Answered || Observed(i)).OrderByDescending(i => operations[i].Ended))
        {
            Visit(After(state, i));
        }

        // What was never answered and no read sees before the next change might as well not have happened. Of several such deletions any does as well as any other.
        bool Observed(int i) =>
            reads.Exists(read => operations[read].Value == operations[i].Value)
            && (operations[i].Kind != OperationKind.Delete || i == candidates.Find(other => operations[other] is { Kind: OperationKind.Delete, Answered: false }));
    }

    private State After(State state, int taken)
    {
        var value = operations[taken].Kind == OperationKind.Read ? state.Value : operations[taken].Value;
        return taken < state.Prefix
            ? state with { Skipped = state.Skipped.Remove(taken), Value = value }
            : Advance(state.Prefix, state.Beyond.Add(taken), state.Skipped, value);
    }

    /// <summary>Moves the prefix over what has taken effect, and over what was never answered: it may take effect later, or never.</summary>
    private State Advance(int prefix, ImmutableSortedSet<int> beyond, ImmutableSortedSet<int> skipped, string? value)
    {
        for (; prefix < operations.Length && (beyond.Contains(prefix) || !operations[prefix].Answered); prefix++)
        {
            (beyond, skipped) = beyond.Contains(prefix) ? (beyond.Remove(prefix), skipped) : (beyond, skipped.Add(prefix));
        }

        return new State(prefix, beyond, skipped, value);
    }

    private void Visit(State state)
    {
        if (_visited.Add(state))
        {
            _open.Push(state);
        }
    }

    private sealed record State(int Prefix, ImmutableSortedSet<int> Beyond, ImmutableSortedSet<int> Skipped, string? Value)
    {
        public bool Equals(State? other) =>
            other is not null && Prefix == other.Prefix && Value == other.Value && Beyond.SequenceEqual(other.Beyond) && Skipped.SequenceEqual(other.Skipped);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.Add(Prefix);
            hash.Add(Value, StringComparer.Ordinal);
            foreach (var one in Beyond.Concat(Skipped))
            {
                hash.Add(one);
            }

            return hash.ToHashCode();
        }
    }
}
