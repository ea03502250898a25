namespace OpsConsole.Engine.ProvingGround.Behaviours;

/// <summary>Planted: keeps 128 KiB for every request, 125 MiB for a thousand.</summary>
internal sealed class Leaks : Behaviour
{
    private readonly List<byte[]> _kept = [];

    public override ValueTask OnRequestAsync(CancellationToken cancel)
    {
        var more = new byte[128 * 1024];
        more.AsSpan().Fill(1);
        lock (_kept)
        {
            _kept.Add(more);
        }

        return ValueTask.CompletedTask;
    }
}
