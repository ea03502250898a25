using System.Globalization;
using System.Runtime.InteropServices;

namespace OpsConsole.Domain.Rehearsal;

/// <summary>
/// Seeded chance without a sequence: the same seed and key give the same number, whoever asks and in whatever order. A rehearsal that was killed
/// and started again therefore meets the same fate.
/// </summary>
public readonly record struct Chance(int Seed)
{
    /// <summary>Evenly spread in [0, 1).</summary>
    public double Of(ReadOnlySpan<char> key)
    {
        var hash = 14695981039346656037UL ^ ((ulong)(uint)Seed * 0x9E3779B97F4A7C15UL);
        foreach (var b in MemoryMarshal.AsBytes(key))
        {
            hash = (hash ^ b) * 1099511628211UL;
        }

        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
        return ((hash ^ (hash >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    public double Of(string what, string key) => Of(string.Create(CultureInfo.InvariantCulture, $"{what}/{key}"));

    public double Between(double low, double high, string what, string key) => low + ((high - low) * Of(what, key));
}
