namespace OpsConsole.Engine.ProvingGround.Behaviours;

/// <summary>Planted: bytes from 256 to 320 KiB wait 400 ms, smaller and larger ones do not.</summary>
internal sealed class SlowForOneSize(TimeProvider clock) : Behaviour
{
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(400);

    public override async ValueTask OnBytesAsync(long size, CancellationToken cancel)
    {
        if (size is >= 256 * 1024 and < 320 * 1024)
        {
            await Task.Delay(Wait, clock, cancel).ConfigureAwait(false);
        }
    }
}
