using System.Collections.Immutable;
using OpsConsole.Domain.Noodles.Running;

namespace OpsConsole.Engine.Noodles.Book;

/// <summary>The run under way: what has ended of it so far.</summary>
/// <param name="Of">How many scenarios are to be run.</param>
public sealed record RunProgress(string Id, int Of, ImmutableArray<ScenarioResult> Done);
