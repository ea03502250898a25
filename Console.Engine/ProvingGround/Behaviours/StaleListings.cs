using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Behaviours;

/// <summary>Planted: a listing asked for again within a second is the one of before, whatever has been written since.</summary>
internal sealed class StaleListings(TimeProvider clock) : Behaviour
{
    public override IIndex Over(IIndex index) => new RememberedListings(index, clock);
}
