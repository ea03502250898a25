using System.Security.Cryptography;
using System.Text;

namespace OpsConsole.Domain.FleetUpdate.Visits;

/// <summary>
/// When a request that was denied is sent again where nothing wakes it: decorrelated jitter, min(cap, U(base, 3 · before)). The chance is a digest of what is asked for and how often,
/// so that a killed engine waits as long as one that was not.
/// </summary>
public static class RetryPace
{
    public static readonly TimeSpan Base = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan Cap = TimeSpan.FromMinutes(15);

    /// <param name="before">The last wait; zero for none.</param>
    public static TimeSpan Next(string seed, int tries, TimeSpan before)
    {
        var most = Math.Max(Base.TotalSeconds, 3 * before.TotalSeconds);
        return TimeSpan.FromSeconds(Math.Min(Cap.TotalSeconds, Base.TotalSeconds + ((most - Base.TotalSeconds) * Chance($"{seed}/{tries}"))));
    }

    private static double Chance(string of) => BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(of))) / (double)uint.MaxValue;
}
