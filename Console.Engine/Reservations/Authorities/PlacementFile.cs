using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Placement;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Engine.Reservations.Authorities;

/// <summary>A placement as a service writes it down.</summary>
/// <param name="Epoch">Rises with every change.</param>
/// <param name="Survive">The maintenance tier: scenarios that must hold with every charged and failed host gone.</param>
/// <param name="TakenAt">When it was so; left out for one that never changes, which then never counts as old.</param>
/// <param name="Steady">The steady tier: scenarios that must hold with lost hosts alone gone, or planned work waits. Left out: nothing besides.</param>
/// <param name="Bytes">What its hosts hold and have free; left out where that is not stated.</param>
public sealed record PlacementFile(long Epoch, ImmutableArray<SurviveLine> Survive, ImmutableArray<PlacedSet> Sets, DateTimeOffset? TakenAt = null, ImmutableArray<SurviveLine> Steady = default, BytesLine? Bytes = null)
{
    public const long MostBytes = 256L << 20;
    public const int MostSets = 1_000_000;
    public const int MostMembers = 64;
    private const int MostScenarios = 8;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The placement, or what is wrong with the text in a sentence for whoever wrote it.</summary>
    public static (PlacedSets? Placement, string? Problem) Read(Stream text)
    {
        PlacementFile? file;
        try
        {
            file = JsonSerializer.Deserialize<PlacementFile>(text, Json);
        }
        catch (JsonException e)
        {
            return (null, JsonWords.Of(e));
        }

        return file is null ? (null, "it is empty") : file.Problem() is { } problem ? (null, problem) : (file.Placed(), null);
    }

    private PlacedSets Placed() => new(Epoch, TakenAt, Scenarios(Survive), Sets) { Steady = Steady.IsDefault ? [] : Scenarios(Steady), Bytes = Bytes?.Stated() };

    private static ImmutableArray<SurviveScenario> Scenarios(ImmutableArray<SurviveLine> lines) => [.. lines.Select(one => new SurviveScenario(one.AzLost > 0, one.ExtraFailures))];

    private string? Problem() =>
        Epoch < 1 ? "epoch must be 1 or more"
        : Survive.IsDefaultOrEmpty || Survive.Length > MostScenarios ? $"survive must hold 1 to {MostScenarios} scenarios"
        : ScenarioProblem("survive", Survive) is { } survive ? survive
        : !Steady.IsDefault && ScenarioProblem("steady", Steady) is { } steady ? steady
        : Bytes?.Problem() is { } bytes ? bytes
        : Sets.IsDefault || Sets.Length > MostSets ? $"sets must hold at most {MostSets} sets"
        : Sets.Select(SetProblem).FirstOrDefault(problem => problem is not null)
            ?? (Sets.GroupBy(set => set.Id).FirstOrDefault(same => same.Skip(1).Any()) is { } twice ? $"the set {twice.Key} is there twice" : null);

    private static string? ScenarioProblem(string tier, ImmutableArray<SurviveLine> lines) =>
        lines.Length > MostScenarios ? $"{tier} must hold at most {MostScenarios} scenarios"
        : lines.Any(one => one is null || one.AzLost is < 0 or > 1 || one.ExtraFailures is < 0 or > MostMembers) ? $"a scenario of {tier} has an azLost that is not 0 or 1, or extraFailures below 0"
        : null;

    private static string? SetProblem(PlacedSet set, int index) =>
        set is null || HostRules.NameProblem(set.Id) is not null ? $"set number {index + 1} has no valid id"
        : set.Hosts.IsDefaultOrEmpty || set.Hosts.Length > MostMembers ? $"the set {set.Id} must have 1 to {MostMembers} hosts"
        : set.K < 1 || set.K > set.Hosts.Length ? $"the set {set.Id} needs k = {set.K} of {set.Hosts.Length}"
        : set.Hosts.FirstOrDefault(host => HostRules.NameProblem(host) is not null) is { } odd ? $"the set {set.Id} names '{odd}', which is no host's name"
        : set.Hosts.Distinct().Count() < set.Hosts.Length ? $"the set {set.Id} has two shards on one host"
        : !set.Groups.IsEmpty && LocalRule.Problem(set.Hosts.Length, set.K, set.Groups) is { } groups ? $"the set {set.Id} {groups}"
        : null;
}

/// <summary>A scenario as it is written in a file.</summary>
/// <param name="AzLost">0 or 1: the AZ with the most shards left is lost besides.</param>
/// <param name="ExtraFailures">So many further shards, whichever.</param>
public sealed record SurviveLine(int AzLost, int ExtraFailures);
