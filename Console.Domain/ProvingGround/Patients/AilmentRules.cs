using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Domain.ProvingGround.Patients;

/// <summary>Whom an ailment may befall, and how badly.</summary>
/// <param name="Roles">Roles of hosts that can have it.</param>
/// <param name="Unit">Of the amount; empty where it has none.</param>
/// <param name="Momentary">Over as soon as it was done.</param>
public sealed record AilmentRule(ImmutableArray<HostRole> Roles, string Unit, int Least, int Most, int Usual, bool Momentary)
{
    public string Amounts => Unit.Length == 0 ? "none" : $"{Least} to {Most} {Unit}";
}

public static class AilmentRules
{
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>Whatever was forgotten is over by then.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private static readonly ImmutableArray<HostRole> All = [HostRole.Web, HostRole.Index, HostRole.Storage];

    private static readonly ImmutableArray<HostRole> Stateful = [HostRole.Index, HostRole.Storage];

    public static AilmentRule Of(Ailment ailment) =>
        ailment switch
        {
            Ailment.Stopped or Ailment.Hung or Ailment.Lying => new(All, "", 0, 0, 0, Momentary: false),
            Ailment.Killed => new(All, "", 0, 0, 0, Momentary: true),
            Ailment.Drained or Ailment.ReadOnly => new([HostRole.Web], "", 0, 0, 0, Momentary: false),
            Ailment.PowerLoss => new(Stateful, "", 0, 0, 0, Momentary: true),
            Ailment.IgnoredSync => new(Stateful, "", 0, 0, 0, Momentary: false),
            Ailment.SlowDisk => new(Stateful, "ms", 1, 5_000, 200, Momentary: false),
            Ailment.FullDisk => new(Stateful, "", 0, 0, 0, Momentary: false),
            Ailment.CorruptShards => new([HostRole.Storage], "shards", 1, 1_000, 1, Momentary: true),
            Ailment.SkewedClock => new(All, "s", -3_600, 3_600, 1_200, Momentary: false),
            _ => throw new ArgumentOutOfRangeException(nameof(ailment), ailment, "unknown ailment"),
        };
}
