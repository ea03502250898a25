namespace OpsConsole.Engine.ProvingGround.Behaviours;

/// <summary>Planted: a listing that this process did not begin itself begins anew: after a restart customers see all keys again.</summary>
internal sealed class LosesItsPlace : Behaviour
{
    public override string Resume(string writer, string me, string last) => writer == me ? last : "";
}
