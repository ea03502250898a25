using System.Collections.Immutable;
using OpsConsole.Domain.Alarms.Audit;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.Alarms;

/// <summary>What a starter set holds.</summary>
/// <param name="LeftOut">Essential alarms nobody measures anything for.</param>
/// <param name="Done">Null where it was only shown.</param>
public sealed record StarterAnswer(StarterLine[] Alarms, ImmutableArray<string> LeftOut, CommandDone? Done)
{
    public static StarterAnswer Of(StarterAlarms starter, CommandDone? done) =>
        new([.. starter.Alarms.Select(alarm => new StarterLine(alarm.Name, alarm.Scope.ToString(), alarm.Essential, AlarmLine.RuleOf(alarm), alarm.Description))], starter.LeftOut, done);
}

public sealed record StarterLine(string Name, string Scope, string? Essential, string Rule, string Description);
