namespace OpsConsole.Domain.ProvingGround.S3;

/// <summary>The checksum a sender names for a body, in a header or in the trailer.</summary>
/// <param name="Algorithm">As in <see cref="Algorithms"/>.</param>
/// <param name="Value">Base64; null where it comes in the trailer.</param>
public sealed record ChecksumAsked(string Algorithm, string? Value)
{
    public const string Prefix = "x-amz-checksum-";

    /// <summary>Name and bytes of each.</summary>
    public static readonly IReadOnlyDictionary<string, int> Algorithms = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
    {
        ["CRC32"] = 4,
        ["CRC32C"] = 4,
        ["CRC64NVME"] = 8,
        ["SHA1"] = 20,
        ["SHA256"] = 32,
    };

    public string HeaderName => Prefix + Algorithm.ToLowerInvariant();

    /// <summary>Null where none is named, or <see cref="Wrong"/>.</summary>
    public static ChecksumAsked? Read(S3Call call)
    {
        var named = Named(call);
        return named.Count == 1 && Wrong(call) is null ? named[0] : null;
    }

    /// <summary>At most one, of a known kind, of that kind's size; null where all is right.</summary>
    public static S3Error? Wrong(S3Call call)
    {
        var named = Named(call);
        if (named.Count > 1)
        {
            return S3Error.InvalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
        }

        if (call.Header("x-amz-trailer").Length > 0 && !call.Header("x-amz-trailer").Split(',').All(name => IsChecksum(name.Trim())))
        {
            return S3Error.InvalidRequest("The value specified in the x-amz-trailer header is not supported.");
        }

        if (named is [{ Value: { } value } one] && !IsValue(one.Algorithm, value))
        {
            return S3Error.InvalidRequest($"Value for {one.HeaderName} header is invalid.");
        }

        var asked = call.Header("x-amz-sdk-checksum-algorithm");
        return asked.Length > 0 && !Algorithms.ContainsKey(asked) ? S3Error.InvalidRequest("Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256].")
            : asked.Length > 0 && named.Count == 0 && call.Header("Content-MD5").Length == 0 ? S3Error.InvalidRequest("x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.")
            : null;
    }

    public static bool IsValue(string algorithm, string value)
    {
        Span<byte> bytes = stackalloc byte[64];
        return value.Length <= 64 && Convert.TryFromBase64String(value, bytes, out var written) && Algorithms.TryGetValue(algorithm, out var size) && written == size;
    }

    public static bool IsChecksum(string header) => header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && Algorithms.ContainsKey(header[Prefix.Length..]);

    private static List<ChecksumAsked> Named(S3Call call)
    {
        var named = new List<ChecksumAsked>();
        foreach (var (name, value) in call.Headers)
        {
            if (IsChecksum(name))
            {
                named.Add(new ChecksumAsked(name[Prefix.Length..].ToUpperInvariant(), value));
            }
        }

        named.AddRange(call.Header("x-amz-trailer").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(IsChecksum).Select(name => new ChecksumAsked(name[Prefix.Length..].ToUpperInvariant(), null)));
        return named;
    }
}
