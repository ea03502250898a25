using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;

namespace OpsConsole.Web.Rollouts;

/// <summary>
/// Every rollout in a line. The line of one that has ended stays as it is, so it is made once: reading ten thousand again costs no more than reading those under
/// way. Not for several threads at once.
/// </summary>
internal sealed class RolloutBook(IStates states, TimeProvider clock)
{
    private readonly Dictionary<string, RolloutSummary> _ended = new(StringComparer.Ordinal);
    private string[] _newestFirst = [];

    public RolloutListing Read()
    {
        var all = states.All<Rollout>(RolloutStreams.Family);

        // Rollouts are only ever added, and when each was started does not change.
        if (all.Count != _newestFirst.Length)
        {
            _newestFirst = [.. all.Where(one => one.State.Exists).OrderByDescending(one => one.State.StartedAt).ThenBy(one => one.State.Id, StringComparer.Ordinal).Select(one => one.State.Id)];
        }

        var now = clock.GetUtcNow();
        List<RolloutSummary> lines = new(_newestFirst.Length), underWay = [];
        foreach (var id in _newestFirst)
        {
            if (_ended.TryGetValue(id, out var line))
            {
                lines.Add(line);
            }
            else if (RolloutSummary.Find(states, id, now) is { } found)
            {
                lines.Add(found);
                if (found.EndedAt is null)
                {
                    underWay.Add(found);
                }
                else
                {
                    _ended[id] = found;
                }
            }
        }

        return new(lines, underWay);
    }
}

/// <summary>Rollouts, newest first.</summary>
public sealed record RolloutListing(IReadOnlyList<RolloutSummary> All, IReadOnlyList<RolloutSummary> UnderWay);
