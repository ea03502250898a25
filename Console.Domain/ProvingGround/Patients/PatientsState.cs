using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Patients;

/// <summary>One ailment of one host.</summary>
/// <param name="Amount">In the unit of its <see cref="AilmentRule"/>; 0 where it has none.</param>
/// <param name="Until">When it ends by itself, UTC; a momentary one ends when it was done.</param>
/// <param name="By">Actor id.</param>
public sealed record Illness(string Host, Ailment Ailment, int Amount, DateTimeOffset Since, DateTimeOffset Until, string By, string Reason);

/// <summary>State of a stream <c>patients/REGION</c>: what is wrong with the ground's hosts on purpose.</summary>
public sealed record PatientsState(string Region)
{
    /// <summary>At most one of a kind a host.</summary>
    public ImmutableArray<Illness> Illnesses { get; init; } = [];

    public IEnumerable<Illness> Of(string host) => Illnesses.Where(illness => illness.Host == host);

    public Illness? Find(string host, Ailment ailment) => Illnesses.FirstOrDefault(illness => illness.Host == host && illness.Ailment == ailment);

    /// <summary>What is to end by itself now; momentary ones are ended by whoever does them.</summary>
    public IEnumerable<Illness> Over(DateTimeOffset now) => Illnesses.Where(illness => illness.Until <= now && !AilmentRules.Of(illness.Ailment).Momentary);
}
