using System.CommandLine;
using OpsConsole.Domain.Access;

namespace OpsConsole.Web.Cli;

/// <summary>A scope on the command line, <c>region:eu-west-1</c>.</summary>
internal static class ScopeArgument
{
    public static Argument<Scope> Make(string description) =>
        new("scope")
        {
            Description = description,
            CustomParser = result =>
            {
                var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
                if (Scope.Parse(text) is { } scope)
                {
                    return scope;
                }

                result.AddError($"'{text}' is not a scope; write global, partition:NAME, region:NAME, az:NAME, service:NAME or store:SERVICE/REGION.");
                return null;
            },
        };
}
