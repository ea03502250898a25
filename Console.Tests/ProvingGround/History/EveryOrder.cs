using OpsConsole.Domain.ProvingGround.History;

namespace OpsConsole.Tests.ProvingGround.History;

/// <summary>The definition itself, tried order by order: for small histories only.</summary>
internal static class EveryOrder
{
    public static bool Explains(IReadOnlyList<KeyOperation> history)
    {
        for (var happened = 0; happened < 1 << history.Count; happened++)
        {
            var chosen = history.Where((_, i) => (happened & (1 << i)) != 0).ToArray();
            if (history.Where((_, i) => (happened & (1 << i)) == 0).All(one => !one.Answered) && Some([], chosen))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Some(List<KeyOperation> before, KeyOperation[] left)
    {
        if (left.Length == 0)
        {
            return Reads(before);
        }

        for (var i = 0; i < left.Length; i++)
        {
            if (left.Any(other => other != left[i] && other.Ended < left[i].Began))
            {
                continue;
            }

            before.Add(left[i]);
            if (Some(before, [.. left.Where((_, j) => j != i)]))
            {
                return true;
            }

            before.RemoveAt(before.Count - 1);
        }

        return false;
    }

    private static bool Reads(List<KeyOperation> order)
    {
        string? value = null;
        foreach (var operation in order)
        {
            if (operation.Kind == OperationKind.Read && operation.Value != value)
            {
                return false;
            }

            value = operation.Kind == OperationKind.Read ? value : operation.Value;
        }

        return true;
    }
}
