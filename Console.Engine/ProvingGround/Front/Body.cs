using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Front;

/// <summary>A request's body, out of its framing.</summary>
/// <param name="Md5">Hex.</param>
/// <param name="Checksum">The one its sender named, else one of our own.</param>
internal sealed record Body(byte[] Content, string Md5, ObjectChecksum Checksum, BodyFacts Facts)
{
    /// <summary>Whether the sender named the checksum: then it is repeated in the answer.</summary>
    public bool Named { get; init; }

    public static Body Empty { get; } = new([], "d41d8cd98f00b204e9800998ecf8427e", new ObjectChecksum("CRC64NVME", "AAAAAAAAAAA="), BodyFacts.None);
}
