using System.Diagnostics.CodeAnalysis;

namespace OpsConsole.Engine.ProvingGround.Blobs;

/// <summary>Verified extents in memory, the least lately used forgotten first. An extent never changes, so what is here is never stale.</summary>
internal sealed class ExtentCache(long mostBytes, int mostEach)
{
    /// <summary>What an entry costs besides its bytes.</summary>
    private const int Overhead = 128;

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, LinkedListNode<(Guid Blob, byte[] Bytes)>> _nodes = [];
    private readonly LinkedList<(Guid Blob, byte[] Bytes)> _order = [];
    private long _bytes;

    public bool TryGet(Guid blob, [NotNullWhen(true)] out byte[]? bytes)
    {
        lock (_lock)
        {
            if (_nodes.TryGetValue(blob, out var node))
            {
                _order.Remove(node);
                _order.AddFirst(node);
                bytes = node.Value.Bytes;
                return true;
            }
        }

        bytes = null;
        return false;
    }

    public void Add(Guid blob, byte[] bytes)
    {
        if (bytes.Length > mostEach || bytes.Length + Overhead > mostBytes)
        {
            return;
        }

        lock (_lock)
        {
            if (_nodes.ContainsKey(blob))
            {
                return;
            }

            _nodes[blob] = _order.AddFirst((blob, bytes));
            _bytes += bytes.Length + Overhead;
            while (_bytes > mostBytes)
            {
                var last = _order.Last!;
                _order.RemoveLast();
                _nodes.Remove(last.Value.Blob);
                _bytes -= last.Value.Bytes.Length + Overhead;
            }
        }
    }
}
