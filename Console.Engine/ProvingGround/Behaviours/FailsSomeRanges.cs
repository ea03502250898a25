namespace OpsConsole.Engine.ProvingGround.Behaviours;

/// <summary>Planted: 5 % of gets of a part of an object are answered 500.</summary>
internal sealed class FailsSomeRanges(int seed) : Behaviour
{
    private readonly Dice _dice = new(seed);

    public override void OnRange()
    {
        if (_dice.Hits(0.05))
        {
            throw new InvalidOperationException("range arithmetic overflowed");
        }
    }
}
