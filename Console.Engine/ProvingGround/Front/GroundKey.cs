using System.Security.Cryptography;
using System.Text;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Front;

/// <summary>The ground's own key, made from its secret: it wraps the key of each object encrypted with SSE-S3, so that the index never holds a key that opens anything.</summary>
internal sealed class GroundKey(string secret)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int KeyBytes = 32;

    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), KeyBytes, info: "objects of the ground"u8.ToArray());

    /// <summary>What is to be kept of an encryption a request asks for, and the key to encrypt with; null where it asks for none.</summary>
    public (Encryption Kept, byte[] Key)? Begin(S3Call call)
    {
        if (CustomerKey.Read(call, CustomerKey.Prefix) is { } customer)
        {
            return (customer.Remember(RandomNumberGenerator.GetBytes(TagBytes)), customer.Key);
        }

        if (call.Header("x-amz-server-side-encryption") != "AES256")
        {
            return null;
        }

        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        var wrapped = new byte[NonceBytes + KeyBytes + TagBytes];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(_key, TagBytes);
        cipher.Encrypt(wrapped.AsSpan(0, NonceBytes), key, wrapped.AsSpan(NonceBytes, KeyBytes), wrapped.AsSpan(NonceBytes + KeyBytes));
        return (new Encryption(EncryptionKind.Ground, "", [.. wrapped]), key);
    }

    /// <summary>The key of what was kept; null where it is not encrypted. A customer's key comes with the request, and the gates have found it to fit.</summary>
    public byte[]? Open(Encryption? kept, S3Call call, string customerPrefix)
    {
        if (kept is null)
        {
            return null;
        }

        if (kept.Kind == EncryptionKind.Customer)
        {
            return CustomerKey.Read(call, customerPrefix)!.Key;
        }

        var key = new byte[KeyBytes];
        using var cipher = new AesGcm(_key, TagBytes);
        var wrapped = kept.Wrapped.AsSpan();
        cipher.Decrypt(wrapped[..NonceBytes], wrapped[NonceBytes..^TagBytes], wrapped[^TagBytes..], key);
        return key;
    }
}
