using System.Collections.Immutable;
using OpsConsole.Domain.Noodles.Running;

namespace OpsConsole.Engine.Noodles.Http;

/// <summary>What one scenario asked and was answered, and what it wished to show. Bounded: of a long scenario the newest of each step are kept.</summary>
public sealed class Evidence
{
    private const int MostOfAStep = 20;
    private const int MostAttachments = 20;
    private const int LargestAttachment = 256 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<Exchange> _exchanges = [];
    private readonly List<Attachment> _attachments = [];

    public void Add(Exchange exchange)
    {
        lock (_lock)
        {
            _exchanges.Enqueue(exchange);
            if (_exchanges.Count > MostOfAStep)
            {
                _exchanges.Dequeue();
            }
        }
    }

    /// <summary>False where there is no more room for it.</summary>
    public bool Attach(Attachment attachment)
    {
        lock (_lock)
        {
            if (_attachments.Count == MostAttachments || attachment.Body.Length > LargestAttachment)
            {
                return false;
            }

            _attachments.Add(attachment);
            return true;
        }
    }

    /// <summary>What came since the last time.</summary>
    public (ImmutableArray<Exchange> Exchanges, ImmutableArray<Attachment> Attachments) Take()
    {
        lock (_lock)
        {
            (ImmutableArray<Exchange>, ImmutableArray<Attachment>) taken = ([.. _exchanges], [.. _attachments]);
            _exchanges.Clear();
            _attachments.Clear();
            return taken;
        }
    }
}
