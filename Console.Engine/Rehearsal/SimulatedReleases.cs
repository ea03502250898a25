using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using OpsConsole.Domain.Rehearsal;
using OpsConsole.Domain.Rollouts;

namespace OpsConsole.Engine.Rehearsal;

/// <summary>How a simulated release behaves once it runs.</summary>
internal enum Behaviour
{
    Good,

    /// <summary>A share of requests is answered with 5xx.</summary>
    Errors,

    /// <summary>Answers come late.</summary>
    Slow,

    /// <summary>The process ends right after its start.</summary>
    DoesNotStart,

    /// <summary>Some answers are not what they must be, too few to show in a rate: behaviour tests fail.</summary>
    WrongAnswers,

    /// <summary>The commercial partition's endpoint is configured everywhere: elsewhere the process does not reach what it needs.</summary>
    WrongEndpoint,

    /// <summary>Some answers break off on their way: the host has sent them and counts them as good, and only the count at the customers' door has them as failed.</summary>
    LosesAnswers,
}

/// <summary>
/// The releases of the simulated world. How each behaves is known in here only: the console registers them all with the same words and must find out by observing.
/// </summary>
public static class SimulatedReleases
{
    private static readonly FrozenDictionary<(string Service, string Version), Behaviour> Behaviours = new Dictionary<(string, string), Behaviour>
    {
        [("web", RehearsalFleet.FirstRelease)] = Behaviour.Good,
        [("web", "sim-1.1.0")] = Behaviour.Good,
        [("web", "sim-1.2.0")] = Behaviour.Errors,
        [("web", "sim-1.3.0")] = Behaviour.Slow,
        [("web", "sim-1.4.0")] = Behaviour.DoesNotStart,
        [("web", "sim-1.5.0")] = Behaviour.Good,
        [("web", "sim-1.6.0")] = Behaviour.WrongAnswers,
        [("web", "sim-1.7.0")] = Behaviour.WrongEndpoint,
        [("web", "sim-1.8.0")] = Behaviour.LosesAnswers,
        [("index", RehearsalFleet.FirstRelease)] = Behaviour.Good,
        [("index", "sim-1.1.0")] = Behaviour.Good,
        [("storage", RehearsalFleet.FirstRelease)] = Behaviour.Good,
        [("storage", "sim-1.1.0")] = Behaviour.Good,
    }.ToFrozenDictionary();

    public static IEnumerable<Release> All { get; } =
        [.. Behaviours.Keys.Order().Select(key => new Release(key.Service, key.Version, DigestOf(key.Service, key.Version), false, "A simulated release of the rehearsal; no software is behind it."))];

    internal static Behaviour Of(string service, string? version) => version is null ? Behaviour.Good : Behaviours.GetValueOrDefault((service, version));

    private static string DigestOf(string service, string version) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"simulated/{service}/{version}")))}";
}
