using System.Security.Cryptography;
using System.Text;

namespace OpsConsole.Engine.Rollouts.Notifications;

/// <summary>What spreads the attempts of many messages that failed together.</summary>
public interface IRetryChance
{
    /// <summary>From 0 up to 1; the same for the same message and attempt.</summary>
    double Of(string delivery, int attempt);
}

/// <summary>Drawn from a seed: another console, another spread.</summary>
internal sealed class SeededRetryChance(int seed) : IRetryChance
{
    public double Of(string delivery, int attempt)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{seed}/{delivery}/{attempt}")));
        return BitConverter.ToUInt32(hash, 0) / (uint.MaxValue + 1.0);
    }
}
