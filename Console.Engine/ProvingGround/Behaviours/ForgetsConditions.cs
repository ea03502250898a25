namespace OpsConsole.Engine.ProvingGround.Behaviours;

/// <summary>Planted: a conditional get is answered 200 with the whole body where 304 is right.</summary>
internal sealed class ForgetsConditions : Behaviour
{
    public override bool HonoursIfNoneMatch => false;
}
