using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Index;

public enum EncryptionKind
{
    /// <summary>SSE-S3: the ground's own key.</summary>
    Ground,

    /// <summary>SSE-C: a key only the customer has.</summary>
    Customer,
}

/// <summary>How an object's bytes are encrypted (AES-256-GCM in frames).</summary>
/// <param name="KeyMd5">SSE-C: base64 MD5 of the customer's key, to be repeated in answers; empty for SSE-S3.</param>
/// <param name="Wrapped">The object's data key under the ground's key (SSE-S3), or a check value of the customer's (SSE-C). Never the key itself.</param>
public sealed record Encryption(EncryptionKind Kind, string KeyMd5, ImmutableArray<byte> Wrapped);
