using System.CommandLine;
using OpsConsole.Web.Cli;

namespace OpsConsole.Web.Rollouts;

/// <summary><c>release list|register|clear|adopt</c>.</summary>
internal static class ReleaseVerbs
{
    public static Command Create() =>
        new("release", "Versions of services.")
        {
            List(),
            Register(),
            Because("clear", "Takes a release out of quarantine."),
            Because("adopt", "Says that the fleet runs it already and that it is good."),
        };

    private static Argument<string> Service() => new("service") { Description = "The service's name." };

    private static Argument<string> Version() => new("version") { Description = "The release's version." };

    private static ClientVerb List()
    {
        var service = new Option<string?>("--service") { Description = "Only this service's." };
        var take = new Option<int>("--take") { Description = "At most so many, up to 500.", DefaultValueFactory = _ => 100 };
        var after = new Option<string?>("--after") { Description = "Only those after this SERVICE/VERSION." };
        return new ClientVerb(
            "list",
            "Releases by service, newest first.",
            (console, parsed, cancel) => console.GetAsync($"releases{Query.Of(("service", parsed.GetValue(service)), ("take", parsed.GetValue(take)), ("after", parsed.GetValue(after)))}", cancel),
            Table.Paged("releases", "service", "version", "standing", "rollForwardOnly", "registeredAt", "provenBy", "quarantinedBy", "quarantineWhy")).With(service, take, after);
    }

    private static ClientVerb Register()
    {
        var (service, version) = (Service(), Version());
        var digest = new Argument<string>("digest") { Description = "Of the artifact: sha256: and 64 hex digits." };
        var forward = new Option<bool>("--roll-forward-only") { Description = "It is never rolled back, only followed." };
        var description = new Option<string>("--description") { Description = "What its makers say of it.", DefaultValueFactory = _ => "" };
        var reason = new Option<string?>("--reason") { Description = "Why, for the audit." };
        return new ClientVerb(
            "register",
            "Makes a release known.",
            (console, parsed, cancel) => console.PostAsync("releases", new ReleaseApi.RegisterBody(parsed.GetValue(service)!, parsed.GetValue(version)!, parsed.GetValue(digest)!, parsed.GetValue(forward), parsed.GetValue(description)!, parsed.GetValue(reason)), cancel))
            .With(service, version, digest, forward, description, reason);
    }

    private static ClientVerb Because(string name, string description)
    {
        var (service, version) = (Service(), Version());
        var reason = new Option<string>("--reason") { Description = "Why it is safe, for the audit.", Required = true };
        return new ClientVerb(
            name,
            description,
            (console, parsed, cancel) => console.PostAsync($"releases/{Uri.EscapeDataString(parsed.GetValue(service)!)}/{Uri.EscapeDataString(parsed.GetValue(version)!)}/{name}", new ReleaseApi.WhyBody(parsed.GetValue(reason)!), cancel))
            .With(service, version, reason);
    }
}
