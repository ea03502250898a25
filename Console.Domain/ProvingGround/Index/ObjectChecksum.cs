namespace OpsConsole.Domain.ProvingGround.Index;

/// <summary>A checksum the customer named or the store added.</summary>
/// <param name="Algorithm">CRC32, CRC32C, CRC64NVME, SHA1 or SHA256.</param>
/// <param name="Value">Base64; a composite of parts ends in <c>-n</c>.</param>
/// <param name="Composite">Over the parts' checksums instead of the whole object's bytes.</param>
public sealed record ObjectChecksum(string Algorithm, string Value, bool Composite = false);
