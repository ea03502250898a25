using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Access;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.Access;

/// <summary>Accounts, tokens and who I am, over HTTP.</summary>
internal static class AccessApi
{
    public static void MapAccess(this IEndpointRouteBuilder api)
    {
        var access = api.MapGroup("").WithTags("access");
        access.MapGet("/me", (HttpContext http) => Me(http.Actor()));
        access.MapGet("/accounts", (HttpContext http, IStates states) => http.Needing(Permission.ManageAccess, () => Results.Ok(AccountList(states))));
        access.MapPost("/accounts", (MakeAccountBody body, HttpContext http, Accounts accounts) => SendAsync(http, accounts, new MakeAccount(body.Name, body.Grants), body.Reason));
        access.MapPut("/accounts/{name}/grants", (string name, GrantsBody body, HttpContext http, Accounts accounts) => SendAsync(http, accounts, new SetGrants(name, body.Grants), body.Reason));
        access.MapPost("/accounts/{name}/link", (string name, ReasonBody body, HttpContext http, Accounts accounts) => SendAsync(http, accounts, new IssueSignInLink(name), body.Reason));
        access.MapDelete("/accounts/{name}", (string name, string? reason, HttpContext http, Accounts accounts) => SendAsync(http, accounts, new RemoveAccount(name), reason));
        access.MapGet("/tokens", (HttpContext http, IStates states, TokenBook tokens) => Results.Ok(TokenList(http.Actor(), states, tokens)));
        access.MapPost("/tokens", CreateTokenAsync);
        access.MapDelete("/tokens/{id}", (string id, string? reason, HttpContext http) => http.SendCommandAsync(new RevokeToken(id), reason));
    }

    private static MeAnswer Me(Actor actor) => new(actor.Id, actor.Kind, actor.Grants);

    private static AccountAnswer[] AccountList(IStates states) =>
        [.. states.Get<AccessState>(AccessStreams.Accounts).Accounts.Values.Select(account => new AccountAnswer(account.Name, account.Grants, account.MadeAt))];

    /// <summary>All of them for who manages access, else one's own.</summary>
    private static TokenAnswer[] TokenList(Actor actor, IStates states, TokenBook tokens) =>
        [.. states.Get<AccessState>(AccessStreams.Accounts).Tokens.Values
            .Where(token => Permissions.May(actor, Permission.ManageAccess, Scope.Global) || (actor.Kind == ActorKind.Person && token.Owner == actor.Name) || (actor.Kind == ActorKind.Token && token.Name == actor.Name))
            .Select(token => new TokenAnswer(token.Id, token.Name, token.Owner, token.Host, token.Grants, token.MadeAt, token.ExpiresAt, tokens.LastUsed(token.Id)))];

    private static async Task<IResult> SendAsync(HttpContext http, Accounts accounts, AccessCommand command, string? reason)
    {
        if (!http.TryRequest(command, reason, null, out var request, out var refused))
        {
            return refused;
        }

        var (result, link) = await accounts.SendAsync(request, http.RequestAborted);
        return http.Answer(result, link is null ? null : new LinkAnswer(result.Stream.Value, result.Version, $"{http.Request.Scheme}://{http.Request.Host}{Door.SignInPath}/once/{link}"));
    }

    private static async Task<IResult> CreateTokenAsync(CreateTokenBody body, HttpContext http, TokenBook tokens)
    {
        if (!double.IsFinite(body.Days) || Math.Abs(body.Days) > 100_000)
        {
            return Problems.Invalid("access.token-lifetime", "days is out of all bounds.", "Give the token 0.05 to 366 days.");
        }

        var command = new CreateToken("", body.Name, body.Grants ?? [], TimeSpan.FromDays(body.Days), body.Host);
        if (!http.TryRequest(command, body.Reason, null, out var request, out var refused))
        {
            return refused;
        }

        var (result, text) = await tokens.CreateAsync(command, request, http.RequestAborted);
        return http.Answer(result, new TokenMade(result.Stream.Value, result.Version, text, text is null ? "This was done before under the same Idempotency-Key; the token was shown then and cannot be shown again." : "Keep it: it is not shown again."));
    }

    public sealed record ReasonBody(string? Reason = null);

    public sealed record GrantsBody(ImmutableArray<Grant> Grants, string? Reason = null);

    public sealed record MakeAccountBody(string Name, ImmutableArray<Grant> Grants, string? Reason = null);

    /// <param name="Days">How long it lives, up to 366.</param>
    /// <param name="Host">For an agent's token: its host.</param>
    public sealed record CreateTokenBody(string Name, double Days = 90, ImmutableArray<Grant>? Grants = null, string? Host = null, string? Reason = null);

    public sealed record MeAnswer(string Actor, ActorKind Kind, ImmutableArray<Grant> Grants);

    public sealed record AccountAnswer(string Name, ImmutableArray<Grant> Grants, DateTimeOffset MadeAt);

    public sealed record TokenAnswer(string Id, string Name, string? Owner, string? Host, ImmutableArray<Grant> Grants, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt, DateTimeOffset? LastUsed);

    /// <param name="Link">Signs in as the account, once, within the hour.</param>
    public sealed record LinkAnswer(string Stream, long Version, string Link);

    public sealed record TokenMade(string Stream, long Version, string? Token, string Note);
}
