namespace OpsConsole.Engine.ProvingGround.Behaviours;

/// <summary>Planted: of five checksums a customer may name, CRC-32C is not compared.</summary>
internal sealed class IgnoresChecksum : Behaviour
{
    public override bool Honours(string algorithm) => algorithm != "CRC32C";
}
