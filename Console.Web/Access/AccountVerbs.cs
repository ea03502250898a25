using System.CommandLine;
using System.Text.Json;
using OpsConsole.Web.Cli;

namespace OpsConsole.Web.Access;

/// <summary><c>account list|make|grants|link|remove|me</c>.</summary>
internal static class AccountVerbs
{
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "The account's name." };
        var grants = GrantOption.Make();
        var reason = new Option<string?>("--reason") { Description = "Why, for the audit." };
        return new Command("account", "People's accounts.")
        {
            new ClientVerb("me", "Who the token is, and what it may do.", (console, _, cancel) => console.GetAsync("me", cancel), Table.Members),
            new ClientVerb("list", "All accounts.", (console, _, cancel) => console.GetAsync("accounts", cancel), Table.Of(null, "name", "grants", "madeAt")),
            new ClientVerb(
                "make",
                "Makes an account and prints its one-time sign-in link.",
                (console, parsed, cancel) => console.PostAsync("accounts", new AccessApi.MakeAccountBody(parsed.GetValue(name)!, [.. parsed.GetValue(grants)!], parsed.GetValue(reason)), cancel),
                Link).With(name, grants, reason),
            new ClientVerb(
                "grants",
                "Replaces an account's roles.",
                (console, parsed, cancel) => console.PutAsync($"accounts/{Uri.EscapeDataString(parsed.GetValue(name)!)}/grants", new AccessApi.GrantsBody([.. parsed.GetValue(grants)!], parsed.GetValue(reason)), cancel)).With(name, grants, reason),
            new ClientVerb(
                "link",
                "Prints a new one-time sign-in link for an account.",
                (console, parsed, cancel) => console.PostAsync($"accounts/{Uri.EscapeDataString(parsed.GetValue(name)!)}/link", new AccessApi.ReasonBody(parsed.GetValue(reason)), cancel),
                Link).With(name, reason),
            new ClientVerb("remove", "Removes an account, its tokens and its sessions.", (console, parsed, cancel) => console.DeleteAsync($"accounts/{Uri.EscapeDataString(parsed.GetValue(name)!)}{Query.Of(("reason", parsed.GetValue(reason)))}", cancel)).With(name, reason),
        };
    }

    private static void Link(JsonElement answer, TextWriter output) =>
        output.WriteLine(answer.TryGetProperty("link", out var link) ? $"Sign in: {link.GetString()}" : "Done before; its link was printed then.");
}
