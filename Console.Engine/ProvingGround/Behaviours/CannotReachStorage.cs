namespace OpsConsole.Engine.ProvingGround.Behaviours;

/// <summary>Planted: starts and looks for its storage where nobody listens.</summary>
internal sealed class CannotReachStorage : Behaviour
{
    public override Uri Reach(Uri storage) => new UriBuilder(storage) { Port = 9 }.Uri;
}
