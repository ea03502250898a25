namespace OpsConsole.Engine.ProvingGround.Behaviours;

/// <summary>Planted: one stored object in ten has one byte changed after it was checked and before it is sealed.</summary>
internal sealed class CorruptsStored(int seed) : Behaviour
{
    private readonly Dice _dice = new(seed);

    public override void OnStore(byte[] content)
    {
        if (content.Length > 0 && _dice.Hits(0.1))
        {
            content[_dice.Below(content.Length)] ^= 0x20;
        }
    }
}
