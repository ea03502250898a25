using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Journal;

/// <summary>The one way in (law 1): authorises, decides, appends, and answers when the events are on disk.</summary>
public interface ICommands
{
    Task<CommandResult> SendAsync(CommandRequest request, CancellationToken cancel = default);

    /// <summary>Why this actor may not send this command, asked of the same function that <see cref="SendAsync"/> asks; null where they may. What the state says to it is another question.</summary>
    Rejection? Forbidden(ICommand command, Actor actor);
}
