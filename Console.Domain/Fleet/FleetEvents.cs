using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Fleet;

[EventType("fleet.hosts-placed")]
public sealed record HostsPlaced(string Partition, ImmutableArray<Host> Hosts, ImmutableArray<string> Removed) : IEvent;

[EventType("fleet.visits-began")]
public sealed record VisitsBegan(ImmutableArray<Visit> Visits) : IEvent;

/// <summary>Steps that succeeded and led on to the next step, or ended the visit well.</summary>
[EventType("fleet.steps-done")]
public sealed record StepsDone(ImmutableArray<StepReport> Reports) : IEvent;

/// <summary>Visits that ended badly; their hosts are casualties.</summary>
[EventType("fleet.visits-failed")]
public sealed record VisitsFailed(ImmutableArray<VisitFailure> Failures) : IEvent;

/// <summary>The cord found visits in hand: they go on, to their end or back.</summary>
[EventType("fleet.visits-settled")]
public sealed record VisitsSettled(ImmutableArray<string> Hosts, SafePoint To, long CordEpoch, string Why) : IEvent;

[EventType("fleet.visits-cancelled")]
public sealed record VisitsCancelled(ImmutableArray<string> Hosts, string Why) : IEvent;

/// <summary>Hosts answered a step that had been given up: they are not at it any more.</summary>
[EventType("fleet.cancelled-answered")]
public sealed record CancelledAnswered(ImmutableArray<StepReport> Reports) : IEvent;

/// <param name="Detail">What was seen, with the step and the facts.</param>
public sealed record VisitFailure(string Host, string Visit, string Detail);
