namespace OpsConsole.Engine.ProvingGround.Behaviours;

/// <summary>Planted: 4 % of requests wait 500 to 800 ms; the median does not show it.</summary>
internal sealed class SlowTail(int seed, TimeProvider clock) : Behaviour
{
    private readonly Dice _dice = new(seed);

    public override async ValueTask OnRequestAsync(CancellationToken cancel)
    {
        if (_dice.Hits(0.04))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500 + _dice.Below(300)), clock, cancel).ConfigureAwait(false);
        }
    }
}
