using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Durability.Threats;

public static class ThreatStreams
{
    public const string Family = "threats";

    public static readonly StreamId Only = new(Family);
}

/// <summary>A guard was tried against a threat on purpose, and held or did not.</summary>
/// <param name="Evidence">Where it can be looked up; at most 500 characters.</param>
public sealed record RecordDrill(string Threat, string Guard, bool Held, string Evidence) : ICommand
{
    public StreamId Stream => ThreatStreams.Only;

    public Permission Needs => Permission.DrillHosts;

    public Scope Scope => Scope.Global;
}

[EventType("durability.drill-recorded")]
public sealed record DrillRecorded(string Threat, string Guard, bool Held, string By, string Evidence) : IEvent;

/// <summary>State of the stream <c>threats</c>: of every guard and threat the newest drill, and the newest that held.</summary>
public sealed record DrillBook(ImmutableArray<ThreatDrill> Drills)
{
    public static readonly DrillBook Empty = new([]);

    public DrillBook With(ThreatDrill drill) =>
        new([.. Drills.Where(known => (known.Threat, known.Guard) != (drill.Threat, drill.Guard) || (known.Held && !drill.Held)), drill]);
}

/// <summary>Takes drills of threats and guards that the catalogue has.</summary>
public sealed class DrillDecider : IDecider<DrillBook>
{
    private const int LongestEvidence = 500;

    public DrillBook Initial(StreamId stream) => DrillBook.Empty;

    public Decision Decide(DrillBook state, ICommand command, DecisionContext context) =>
        command is not RecordDrill drill ? throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "not a command of threats")
        : ThreatCatalogue.Shipped.FirstOrDefault(threat => threat.Id == drill.Threat) is not { } threat ? new Rejection(RejectionKind.NotFound, "durability.no-such-threat", "The drill was not recorded.", $"There is no threat '{drill.Threat}'.", "See the threats.")
        : !threat.Guards.Contains(drill.Guard) ? new Rejection(RejectionKind.NotFound, "durability.no-such-guard", "The drill was not recorded.", $"Against {threat.Id} stand: {string.Join(", ", threat.Guards)}.", "Name one of them.")
        : string.IsNullOrWhiteSpace(drill.Evidence) || drill.Evidence.Length > LongestEvidence ? new Rejection(RejectionKind.Invalid, "durability.evidence", "The drill was not recorded.", "Its evidence is empty or too long.", $"Say in 1 to {LongestEvidence} characters where it can be looked up.")
        : Decision.Accept(new DrillRecorded(drill.Threat, drill.Guard, drill.Held, context.Actor.Id, drill.Evidence.Trim()));

    public DrillBook Apply(DrillBook state, IEvent happened, DateTimeOffset at) =>
        happened is DrillRecorded e ? state.With(new ThreatDrill(e.Threat, e.Guard, at, e.Held, e.By, e.Evidence)) : state;
}
