namespace OpsConsole.Domain.ProvingGround.Repair;

/// <summary>Blobs in the order of <see cref="Guid.CompareTo(Guid)"/>, which is that of their bytes as written out.</summary>
public static class BlobOrder
{
    /// <summary>The one just before: what to page after so that this one comes first. The first stays.</summary>
    public static Guid Before(Guid blob)
    {
        Span<byte> bytes = stackalloc byte[16];
        blob.TryWriteBytes(bytes, bigEndian: true, out _);
        for (var at = 15; at >= 0; at--)
        {
            if (bytes[at]-- != 0)
            {
                return new Guid(bytes, bigEndian: true);
            }
        }

        return Guid.Empty;
    }
}
