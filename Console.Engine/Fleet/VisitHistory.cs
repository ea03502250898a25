using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Fleet;

/// <param name="Visits">Newest first.</param>
/// <param name="Next">Send as <c>before</c> for the older ones; null where there are none. A page may be short and still have one after it: it looks only so far back at once.</param>
public sealed record VisitHistoryPage(ImmutableArray<PastVisit> Visits, long? Next);

/// <summary>All visits that a host ever had, read back from the journal and its archive a page at a time: nothing besides is kept of them.</summary>
public sealed class VisitHistory(IJournal journal)
{
    public const int MostTaken = 100;

    /// <summary>Looks into the journal for one page; each looks at 200,000 events at most.</summary>
    private const int MostLooks = 20;

    private const int Events = 200;

    /// <param name="before">The <see cref="VisitHistoryPage.Next"/> of the page before; null for the newest.</param>
    /// <param name="take">1 to <see cref="MostTaken"/>.</param>
    public async Task<VisitHistoryPage> ReadAsync(string region, string host, long? before, int take, CancellationToken cancel)
    {
        var stream = FleetStreams.Of(region);
        var tale = new VisitTale(host, continued: before is not null);
        long? at = before, open = null;
        for (var looks = 0; looks < MostLooks; looks++)
        {
            // As it stands in the payload, so that a1 does not find a10.
            var page = await journal.ReadBackAsync(new(at, stream.Value, null, $"\"{host}\"", Events), cancel).ConfigureAwait(false);
            foreach (var recorded in page.Where(one => one.Stream == stream))
            {
                tale.Take(recorded.Sequence, recorded.At, recorded.Event);
                open = tale.Open ? open ?? recorded.Sequence : null;
                if (tale.Visits.Count == take)
                {
                    return new([.. tale.Visits], recorded.Sequence);
                }
            }

            if (page.Next is not { } next)
            {
                return new([.. tale.Visits], null);
            }

            at = next;
        }

        // What was seen of a visit whose begin lies further back is read again, unless this page came no further than that.
        return new([.. tale.Visits], open is { } seen && (before is null || seen + 1 < before) ? seen + 1 : at);
    }
}
