using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.S3;

/// <summary>Whether the body is what its sender says of it.</summary>
internal static class BodyGates
{
    public static ImmutableArray<Gate> All { get; } =
    [
        new("body-framing", GateNeeds.Body, it => it.Body.Framing),
        new("body-sha256", GateNeeds.Body, it => it.Body.Sha256 ? null : S3Error.ContentSha256Mismatch),
        new("body-md5", GateNeeds.Body, it => it.Body.Md5 ? null : S3Error.BadDigestOf("Content-MD5")),
        new("body-checksum", GateNeeds.Body, it => it.Body.WrongChecksum is { } wrong ? S3Error.BadDigestOf(wrong) : null),
    ];
}
