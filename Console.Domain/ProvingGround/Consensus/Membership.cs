using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Consensus;

/// <summary>
/// Whose word counts: of each member the one incarnation that was admitted. A member whose disk was lost comes back as another incarnation, which votes for nobody and is not counted
/// until an entry that admits it is decided by those that lost nothing.
/// </summary>
/// <param name="Since">The entry that admitted the latest; 0 for what the group was founded with.</param>
public sealed record Membership(long Since, ImmutableSortedDictionary<string, Guid> Incarnations)
{
    public bool Has(string member, Guid incarnation) => Incarnations.TryGetValue(member, out var admitted) && admitted == incarnation;

    public Membership With(LogEntry decided) =>
        decided.Admits is { } admits && decided.Index > Since ? new Membership(decided.Index, Incarnations.SetItem(admits.Member, admits.Incarnation)) : this;
}

/// <summary>Takes an incarnation of a member into the group, in the place of the one before.</summary>
public sealed record Admission(string Member, Guid Incarnation);
