namespace OpsConsole.Engine.ProvingGround.S3;

/// <summary>The bounds of what a customer may send.</summary>
public static class S3Limits
{
    /// <summary>Bytes of one object: 64 MiB.</summary>
    public const int MaxObject = 64 * 1024 * 1024;

    /// <summary>Bytes of one request's body: an object and the framing of its chunks.</summary>
    public const int MaxBody = MaxObject + (4 * 1024 * 1024);

    /// <summary>Bytes of bodies one web host holds at once; beyond it customers are asked to slow down.</summary>
    public const int MaxBodiesAtOnce = 96 * 1024 * 1024;

    /// <summary>UTF-8 bytes of a key.</summary>
    public const int MaxKey = 1_024;

    /// <summary>Bytes of user metadata, names and values.</summary>
    public const int MaxMetadata = 2 * 1024;

    /// <summary>Keys of one listing.</summary>
    public const int MaxKeys = 1_000;

    public static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(15);
}
