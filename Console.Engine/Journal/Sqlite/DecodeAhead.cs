namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>Decodes rows on all cores while the rows before them are folded, and gives them in their order: most of a start is JSON.</summary>
internal static class DecodeAhead
{
    /// <summary>Rows on their way for each core: enough to keep it busy, few enough to hold in memory.</summary>
    private const int Each = 4;

    /// <param name="decode">Called from any thread; what it throws comes out in the row's place.</param>
    public static IEnumerable<TTo> InOrder<TFrom, TTo>(IEnumerable<TFrom> rows, Func<TFrom, TTo> decode)
    {
        var most = Environment.ProcessorCount * Each;
        var waiting = new Queue<Task<TTo>>(most);
        foreach (var row in rows)
        {
            if (waiting.Count == most)
            {
                yield return waiting.Dequeue().GetAwaiter().GetResult();
            }

            waiting.Enqueue(Task.Run(() => decode(row)));
        }

        while (waiting.TryDequeue(out var next))
        {
            yield return next.GetAwaiter().GetResult();
        }
    }

    /// <summary>Rows gathered to parcels of about as many bytes: a row of a few bytes is not worth a task of its own.</summary>
    public static IEnumerable<List<T>> Parcels<T>(IEnumerable<T> rows, Func<T, int> size, int bytes)
    {
        var (parcel, held) = (new List<T>(), 0);
        foreach (var row in rows)
        {
            parcel.Add(row);
            held += size(row);
            if (held >= bytes)
            {
                yield return parcel;
                (parcel, held) = ([], 0);
            }
        }

        if (parcel.Count > 0)
        {
            yield return parcel;
        }
    }
}
