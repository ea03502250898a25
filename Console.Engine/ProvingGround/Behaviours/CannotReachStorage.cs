namespace OpsConsole.Engine.ProvingGround.Behaviours;

/// <summary>Planted: starts and looks for its index and its storage where nobody listens.</summary>
internal sealed class CannotReachStorage : Behaviour
{
    public override Uri Reach(Uri host) => new UriBuilder(host) { Port = 9 }.Uri;
}
