namespace OpsConsole.Engine.ProvingGround.Customers;

/// <summary>What the customers know of one key: the checksum last acknowledged, and whether anything was under way that leaves open what a read must give.</summary>
internal sealed class KeyMemory
{
    private readonly Lock _lock = new();
    private int _writing;
    private long _epoch;
    private bool _contended;
    private bool _known;
    private ulong? _checksum;
    private int _size;

    /// <summary>Whether a checksum is known that the next read must have.</summary>
    public bool Remembers
    {
        get
        {
            lock (_lock)
            {
                return _known && _checksum is not null;
            }
        }
    }

    /// <summary>Bytes of the object last written, as far as is known.</summary>
    public int Size
    {
        get
        {
            lock (_lock)
            {
                return _size;
            }
        }
    }

    public void WriteBegins()
    {
        lock (_lock)
        {
            _contended |= _writing > 0;
            _writing++;
            _epoch++;
        }
    }

    /// <summary>Two writes at once leave open which came last; so does one whose answer was lost.</summary>
    /// <param name="checksum">Null for a delete.</param>
    /// <param name="size">Bytes written.</param>
    public void WriteEnds(bool acknowledged, ulong? checksum, int size = 0)
    {
        lock (_lock)
        {
            _writing--;
            _epoch++;
            _contended |= !acknowledged;
            _known = _writing == 0 && !_contended;
            _checksum = checksum;
            _size = size;
            _contended &= _writing > 0;
        }
    }

    /// <summary>What to hand to <see cref="Fits"/> with the answer.</summary>
    public long ReadBegins()
    {
        lock (_lock)
        {
            return _writing == 0 && _known ? _epoch : -1;
        }
    }

    /// <summary>Whether what was read is what it had to be; true also where that cannot be told.</summary>
    public bool Fits(long begun, ulong? read)
    {
        lock (_lock)
        {
            return begun < 0 || begun != _epoch || read == _checksum;
        }
    }
}
