using System.Collections.Immutable;

namespace OpsConsole.Engine.ProvingGround.Routing;

/// <param name="Weight">Share of traffic relative to the others, 0 to 1,000; 0 takes none.</param>
/// <param name="Drained">Takes none for now, whatever its weight.</param>
public sealed record HostWeight(int Weight, bool Drained);

/// <summary>The "DNS weights", by web host; hosts that are not named have weight 100, validators 0. Kept on disk: a restarted router remembers who is drained.</summary>
public sealed record RouterWeights(ImmutableSortedDictionary<string, HostWeight> Hosts)
{
    public const int Usual = 100;

    public static RouterWeights None { get; } = new(ImmutableSortedDictionary<string, HostWeight>.Empty);

    public HostWeight Of(GroundHost host) => Hosts.GetValueOrDefault(host.Id) ?? new HostWeight(host.Validator ? 0 : Usual, Drained: false);

    public RouterWeights With(GroundHost host, int? weight, bool? drained)
    {
        var old = Of(host);
        return new RouterWeights(Hosts.SetItem(host.Id, new HostWeight(weight ?? old.Weight, drained ?? old.Drained)));
    }
}
