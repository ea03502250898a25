namespace OpsConsole.Engine.ProvingGround.Behaviours;

/// <summary>Planted: ends before it listens.</summary>
internal sealed class WillNotStart : Behaviour
{
    public override void OnStart() => throw new InvalidOperationException("setting 'listing.page' is missing");
}
