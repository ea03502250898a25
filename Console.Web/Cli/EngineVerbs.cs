using System.CommandLine;

namespace OpsConsole.Web.Cli;

/// <summary><c>engine show</c>.</summary>
internal static class EngineVerbs
{
    public static Command Create() =>
        new("engine", "The engine.") { new ClientVerb("show", "Whether it runs: last tick, newest event.", (console, _, cancel) => console.GetAsync("engine", cancel), Table.Members) };
}
