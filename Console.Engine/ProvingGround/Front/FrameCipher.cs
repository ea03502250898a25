using System.Buffers.Binary;
using System.Security.Cryptography;

namespace OpsConsole.Engine.ProvingGround.Front;

/// <summary>
/// AES-256-GCM in frames, so that a range can be read without the rest. What is put at once (an object, or a part) is one run: a random salt of 16 bytes, then frames of
/// 65,520 bytes, each followed by its tag of 16. A run has a key of its own, from the object's key and the salt, so no nonce (the frame's number) is ever used twice under one key.
/// </summary>
internal sealed class FrameCipher : IDisposable
{
    public const int SaltBytes = 16;
    public const int FrameBytes = SealedFrameBytes - TagBytes;
    public const int SealedFrameBytes = 64 * 1024;

    private const int TagBytes = 16;

    private readonly AesGcm _cipher;

    public FrameCipher(byte[] key, ReadOnlySpan<byte> salt) =>
        _cipher = new AesGcm(HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, salt.ToArray(), "run"u8.ToArray()), TagBytes);

    /// <summary>Bytes a run of so many bytes has when sealed; an empty one has none.</summary>
    public static long SealedSize(long size) => size == 0 ? 0 : SaltBytes + size + (TagBytes * ((size + FrameBytes - 1) / FrameBytes));

    /// <param name="sealedFrame">As long as the frame and its tag.</param>
    public void Seal(long number, ReadOnlySpan<byte> frame, Span<byte> sealedFrame) => _cipher.Encrypt(Nonce(number), frame, sealedFrame[..frame.Length], sealedFrame[frame.Length..]);

    /// <summary>Throws where a bit is not as it was sealed.</summary>
    public void Open(long number, ReadOnlySpan<byte> sealedFrame, Span<byte> frame) => _cipher.Decrypt(Nonce(number), sealedFrame[..^TagBytes], sealedFrame[^TagBytes..], frame);

    public void Dispose() => _cipher.Dispose();

    private static byte[] Nonce(long number)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(4), number);
        return nonce;
    }
}
