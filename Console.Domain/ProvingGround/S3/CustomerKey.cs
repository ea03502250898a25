using System.Security.Cryptography;
using OpsConsole.Domain.ProvingGround.Index;

namespace OpsConsole.Domain.ProvingGround.S3;

/// <summary>A key the customer sends along with each request and the store forgets after it (SSE-C).</summary>
public sealed record CustomerKey(byte[] Key, string Md5)
{
    public const string Prefix = "x-amz-server-side-encryption-customer-";
    public const string CopyPrefix = "x-amz-copy-source-server-side-encryption-customer-";

    private const int SaltBytes = 16;

    /// <summary>Null where the headers are not there or not right; <see cref="Wrong"/> says which.</summary>
    public static CustomerKey? Read(S3Call call, string prefix) =>
        call.Header(prefix + "algorithm").Length > 0 && Wrong(call, prefix) is null ? new CustomerKey(Convert.FromBase64String(call.Header(prefix + "key")), call.Header(prefix + "key-md5")) : null;

    /// <summary>Three headers together: the algorithm, a key of 32 bytes, and its MD5. Null where all are right or none is there.</summary>
    public static S3Error? Wrong(S3Call call, string prefix)
    {
        var (algorithm, key, md5) = (call.Header(prefix + "algorithm"), call.Header(prefix + "key"), call.Header(prefix + "key-md5"));
        if (algorithm.Length + key.Length + md5.Length == 0)
        {
            return null;
        }

        if (algorithm.Length == 0)
        {
            return S3Error.InvalidArgument("Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.");
        }

        if (algorithm != "AES256")
        {
            return S3Error.InvalidEncryptionAlgorithm;
        }

        if (key.Length == 0 || md5.Length == 0)
        {
            return S3Error.InvalidArgument("Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key and its MD5.");
        }

        var bytes = new byte[96];
        if (!Convert.TryFromBase64String(key, bytes, out var written) || written != 32)
        {
            return S3Error.InvalidArgument("The secret key was invalid for the specified algorithm.");
        }

#pragma warning disable CA5351 // The protocol's check against a key that was damaged on its way.
        return Convert.ToBase64String(MD5.HashData(bytes.AsSpan(0, written))) == md5 ? null : S3Error.InvalidArgument("The calculated MD5 hash of the key did not match the hash that was provided.");
#pragma warning restore CA5351
    }

    /// <summary>What is kept to know the key again: a salt and the HMAC-SHA256 of the salt under the key.</summary>
    public Encryption Remember(ReadOnlySpan<byte> salt) => new(EncryptionKind.Customer, Md5, [.. salt, .. HMACSHA256.HashData(Key, salt)]);

    public bool Fits(Encryption kept) =>
        kept.Kind == EncryptionKind.Customer
        && kept.Wrapped.Length == SaltBytes + 32
        && CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(Key, kept.Wrapped.AsSpan(0, SaltBytes)), kept.Wrapped.AsSpan(SaltBytes, 32));
}
