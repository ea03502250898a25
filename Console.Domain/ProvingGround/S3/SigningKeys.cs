using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace OpsConsole.Domain.ProvingGround.S3;

/// <summary>
/// The keys signature v4 derives from a secret for a day, a region and a service: four HMACs each, the same for every request of that day, so the last few are remembered.
/// Forgetting one costs its derivation and nothing else.
/// </summary>
internal static class SigningKeys
{
    /// <summary>Whoever names scopes of his own making gets no more memory than this many keys take.</summary>
    private const int MostRemembered = 64;

    private static readonly ConcurrentDictionary<(string Secret, string Scope), byte[]> Known = new();

    public static ReadOnlySpan<byte> Of(string secret, string scope)
    {
        if (Known.TryGetValue((secret, scope), out var known))
        {
            return known;
        }

        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + secret), (key, part) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part)));
        if (Known.Count >= MostRemembered)
        {
            Known.Clear();
        }

        Known[(secret, scope)] = key;
        return key;
    }
}
