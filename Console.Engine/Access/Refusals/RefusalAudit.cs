using OpsConsole.Domain.Access;
using OpsConsole.Domain.Access.Refusals;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Access.Refusals;

/// <summary>
/// The command path as everybody outside the engine sees it: what people and programs were refused, because they may not or because a safety rule holds it
/// back, is in the journal before they are told.
/// </summary>
public sealed class RefusalAudit(ICommands path) : ICommands
{
    public async Task<CommandResult> SendAsync(CommandRequest request, CancellationToken cancel = default)
    {
        var result = await path.SendAsync(request, cancel).ConfigureAwait(false);
        if (result.Rejection is { Kind: RejectionKind.Forbidden or RejectionKind.Blocked } refused && request.Actor.Kind != ActorKind.Engine)
        {
            // A journal that cannot take it does not turn a refusal into another answer.
            var note = new NoteRefusal(request.Command.GetType().Name, request.Command.Stream.Value, request.Command.Scope.ToString(), refused);
            await path.SendAsync(new CommandRequest(note, request.Actor, request.Reason, Cause: request.Cause), CancellationToken.None).ConfigureAwait(false);
        }

        return result;
    }

    public Rejection? Forbidden(ICommand command, Actor actor) => path.Forbidden(command, actor);
}
