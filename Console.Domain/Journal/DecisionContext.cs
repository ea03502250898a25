using OpsConsole.Domain.Access;

namespace OpsConsole.Domain.Journal;

/// <summary>What a decision may look at besides its own stream's state.</summary>
/// <param name="Now">The engine's clock at this decision, UTC.</param>
/// <param name="Actor">Who asks.</param>
/// <param name="Reason">Why, in the actor's words; null where none was given.</param>
/// <param name="States">Immutable states of other streams: of the same writer as pending, of others as last committed.</param>
public sealed record DecisionContext(DateTimeOffset Now, Actor Actor, string? Reason, IStates States);
