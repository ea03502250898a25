namespace OpsConsole.Domain.ProvingGround.S3;

/// <summary>The bounds of what a customer may send.</summary>
public static class S3Limits
{
    /// <summary>Bytes of one put or one part: 64 MiB.</summary>
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

    /// <summary>Bytes of an object joined from parts, or copied: 1 GiB.</summary>
    public const long MaxJoined = 1024L * 1024 * 1024;

    /// <summary>Bytes of a part that is not the last: 5 MiB and up.</summary>
    public const int MinPart = 5 * 1024 * 1024;

    /// <summary>The highest number of a part.</summary>
    public const int MaxParts = 10_000;

    /// <summary>Bytes of a document in a request: a multi-delete of 1,000 keys, or 10,000 parts to join.</summary>
    public const int MaxDocument = 4 * 1024 * 1024;

    /// <summary>Keys of one multi-delete.</summary>
    public const int MaxDeletes = 1_000;

    /// <summary>Tags of an object.</summary>
    public const int MaxTags = 10;

    /// <summary>Characters of a tag's key.</summary>
    public const int MaxTagKey = 128;

    /// <summary>Characters of a tag's value.</summary>
    public const int MaxTagValue = 256;

    /// <summary>Bytes of the headers kept with an object besides its metadata.</summary>
    public const int MaxStoredHeaders = 4 * 1024;

    /// <summary>Seconds a presigned address may hold: 7 days.</summary>
    public const int MaxExpires = 604_800;

    public static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(15);
}
