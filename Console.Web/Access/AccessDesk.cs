using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Access;
using OpsConsole.Engine.Journal;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Access;

/// <summary>Accounts and tokens for the person at the page.</summary>
public sealed class AccessDesk(Accounts accounts, TokenBook tokens, Doorkeeper door, ICommands commands, IViewer viewer)
{
    public ValueTask<Actor> MeAsync() => viewer.ActorAsync();

    public Task<bool> HasPasswordAsync(string name) => door.HasPasswordAsync(name, CancellationToken.None);

    public DateTimeOffset? LastUsed(string token) => tokens.LastUsed(token);

    /// <summary>Why it was refused, or the path of the one-time sign-in link where there is one to hand over.</summary>
    public async Task<(Rejection? Refused, string? LinkPath)> SendAsync(AccessCommand command, string? reason)
    {
        var (result, link) = await accounts.SendAsync(await RequestAsync(command, reason), CancellationToken.None);
        return (result.Rejection, link is null ? null : $"sign-in/once/{link}");
    }

    /// <summary>Why it was refused, or the token's text, to be shown once.</summary>
    public async Task<(Rejection? Refused, string? Text)> CreateTokenAsync(string name, ImmutableArray<Grant> grants, int days)
    {
        var command = new CreateToken("", name, grants, TimeSpan.FromDays(days));
        var (result, text) = await tokens.CreateAsync(command, await RequestAsync(command, null), CancellationToken.None);
        return (result.Rejection, text);
    }

    public async Task<Rejection?> RevokeAsync(string token, string reason) => (await commands.SendAsync(await RequestAsync(new RevokeToken(token), reason))).Rejection;

    private async Task<CommandRequest> RequestAsync(ICommand command, string? reason) => new(command, await viewer.ActorAsync(), string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(), Cause: "page");
}
