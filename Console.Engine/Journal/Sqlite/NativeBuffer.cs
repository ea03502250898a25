using System.Runtime.InteropServices;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>Memory that does not move, so that statements can be bound to it without a copy. Grows to what is asked for; over 1 MiB it is given back at the next ask.</summary>
internal sealed class NativeBuffer : IDisposable
{
    private const int Kept = 1 << 20;
    private nint _memory;
    private int _size;

    /// <summary>What was there before is void.</summary>
    public nint AtLeast(int size)
    {
        if (size > _size || (_size > Kept && size <= Kept))
        {
            Dispose();
            _size = Math.Max(size, 64 << 10);
            _memory = Marshal.AllocHGlobal(_size);
        }

        return _memory;
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_memory);
        (_memory, _size) = (0, 0);
    }
}
