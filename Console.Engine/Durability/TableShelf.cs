using OpsConsole.Domain.Durability;
using OpsConsole.Domain.Placement;

namespace OpsConsole.Engine.Durability;

/// <summary>Tables that were worked out, the last so many: one costs milliseconds, a look at one microseconds.</summary>
internal sealed class TableShelf
{
    private const int Most = 32;

    private readonly Lock _gate = new();
    private readonly LinkedList<StateTable> _newestFirst = new();

    public StateTable Get(RedundancyCode code, FailureAssumptions assumed)
    {
        lock (_gate)
        {
            for (var node = _newestFirst.First; node is not null; node = node.Next)
            {
                if (node.Value.Code == code && node.Value.Assumed == assumed)
                {
                    _newestFirst.Remove(node);
                    _newestFirst.AddFirst(node);
                    return node.Value;
                }
            }
        }

        var made = StateTable.Of(code, assumed);
        lock (_gate)
        {
            _newestFirst.AddFirst(made);
            if (_newestFirst.Count > Most)
            {
                _newestFirst.RemoveLast();
            }
        }

        return made;
    }
}
