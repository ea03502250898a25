using System.CommandLine;
using OpsConsole.Web.Access;
using OpsConsole.Web.Alarms;
using OpsConsole.Web.Bench;
using OpsConsole.Web.Canaries;
using OpsConsole.Web.Cli;
using OpsConsole.Web.Cord;
using OpsConsole.Web.Durability;
using OpsConsole.Web.Fleet;
using OpsConsole.Web.Journal;
using OpsConsole.Web.Noodles;
using OpsConsole.Web.ProvingGround;
using OpsConsole.Web.FleetUpdate;
using OpsConsole.Web.Reservations;
using OpsConsole.Web.Rollouts;
using OpsConsole.Web.Rollouts.Calendar;
using OpsConsole.Web.Rollouts.Notifications;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web;

/// <summary>The verbs of the one executable; without a verb it serves. Each slice adds its own here.</summary>
public static class Verbs
{
    public static async Task<int> RunAsync(string[] args, TextWriter? output = null, TextWriter? error = null)
    {
        var root = new RootCommand("The console that lets a few people change the software of a large fleet.")
        {
            ServeVerb.Create(),
            HostVerb.Create(),
            GroundVerbs.Create(),
            CanaryVerbs.Create(),
            AlarmVerbs.Create(),
            MetricVerbs.Create(),
            CordVerbs.Create(),
            DurabilityVerbs.Create(),
            FleetVerbs.Create(),
            RolloutVerbs.Create(),
            RolloutVerbs.CreatePlan(),
            ReleaseVerbs.Create(),
            PipelineVerbs.Create(),
            CalendarVerbs.Create(),
            NotificationVerbs.Create(),
            NoodlesVerbs.Create(),
            ReservationVerbs.Create(),
            FleetUpdateVerbs.Create(),
            AuditVerb.Create(),
            AccountVerbs.Create(),
            TokenVerbs.Create(),
            EngineVerbs.Create(),
            BenchVerb.Create(),
            AgentVerbs.CreateAgent(),
            AgentVerbs.CreateToken(),
        };
        var first = args.FirstOrDefault();
        var named = first is "--help" or "-h" or "-?" or "--version" || root.Subcommands.Any(verb => verb.Name == first);
        // A word that begins with @ is a tag of scenarios, not the name of a file with more words.
        var parsed = root.Parse(named || (first is not null && !first.StartsWith('-')) ? args : ["serve", .. args], new ParserConfiguration { ResponseFileTokenReplacer = null });
        var exit = await parsed.InvokeAsync(new() { Output = output ?? Console.Out, Error = error ?? Console.Error });
        return parsed.Errors.Count > 0 ? ClientVerb.WrongUsage : exit;
    }
}
