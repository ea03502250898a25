namespace OpsConsole.Engine.ProvingGround.Behaviours;

/// <summary>Planted: a listing begun before a restart of the host begins anew after it.</summary>
internal sealed class LosesItsPlace : Behaviour
{
    public override string Resume(string writer, string me, string last) => writer == me ? last : "";
}
