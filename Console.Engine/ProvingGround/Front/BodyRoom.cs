using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Front;

/// <summary>The memory all requests of one host may hold bytes of objects in, <see cref="S3Limits.MaxBodiesAtOnce"/>; who finds none is asked to slow down.</summary>
internal sealed class BodyRoom
{
    private long _held;

    public long Held => Interlocked.Read(ref _held);

    /// <summary>Give it back by disposing.</summary>
    public IDisposable Take(long bytes)
    {
        if (Interlocked.Add(ref _held, bytes) > S3Limits.MaxBodiesAtOnce)
        {
            Interlocked.Add(ref _held, -bytes);
            throw new S3Exception(S3Error.SlowDown);
        }

        return new Taken(this, bytes);
    }

    private sealed class Taken(BodyRoom room, long bytes) : IDisposable
    {
        private long _bytes = bytes;

        public void Dispose() => Interlocked.Add(ref room._held, -Interlocked.Exchange(ref _bytes, 0));
    }
}
