using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Journal;

/// <summary>The one way in (law 1): authorises, decides, appends, and answers when the events are on disk.</summary>
public interface ICommands
{
    Task<CommandResult> SendAsync(CommandRequest request, CancellationToken cancel = default);
}
