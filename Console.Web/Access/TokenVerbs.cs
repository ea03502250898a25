using System.CommandLine;
using OpsConsole.Web.Cli;

namespace OpsConsole.Web.Access;

/// <summary><c>token create|list|revoke</c>.</summary>
internal static class TokenVerbs
{
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "What the token is called; unique." };
        var days = new Option<double>("--days") { Description = "How long it lives, up to 366.", DefaultValueFactory = _ => 90 };
        var grants = GrantOption.Make();
        var host = new Option<string?>("--host") { Description = "Makes an agent's token, for this host." };
        var reason = new Option<string?>("--reason") { Description = "Why, for the audit." };
        var id = new Argument<string>("id") { Description = "The token's id or name." };
        return new Command("token", "API tokens.")
        {
            new ClientVerb(
                "create",
                "Makes a token and prints it, once.",
                (console, parsed, cancel) => console.PostAsync("tokens", new AccessApi.CreateTokenBody(parsed.GetValue(name)!, parsed.GetValue(days), [.. parsed.GetValue(grants)!], parsed.GetValue(host), parsed.GetValue(reason)), cancel),
                (answer, output) => output.WriteLine(answer.GetProperty("token").GetString() ?? answer.GetProperty("note").GetString())).With(name, days, grants, host, reason),
            new ClientVerb("list", "Live tokens: all for who manages access, else one's own.", (console, _, cancel) => console.GetAsync("tokens", cancel), Table.Of(null, "id", "name", "owner", "host", "grants", "expiresAt", "lastUsed")),
            new ClientVerb("revoke", "Ends a token at once.", (console, parsed, cancel) => console.DeleteAsync($"tokens/{Uri.EscapeDataString(parsed.GetValue(id)!)}{Query.Of(("reason", parsed.GetValue(reason)))}", cancel)).With(id, reason),
        };
    }
}
