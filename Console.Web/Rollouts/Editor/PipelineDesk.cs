using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Journal;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Rollouts.Editor;

/// <summary>Saves what the person at the editor wrote, on the version they began from.</summary>
public sealed class PipelineDesk(ICommands commands, IViewer viewer)
{
    /// <summary>Who may not save gets no button.</summary>
    public async Task<bool> MaySaveAsync(Pipeline? content) => content is not null && commands.Forbidden(new SavePipeline(content, ""), await viewer.ActorAsync()) is null;

    /// <param name="seen">The stream's version that was edited; null for a new pipeline, which must not exist yet.</param>
    public async Task<Rejection?> SaveAsync(EditedPipeline edited, long? seen, string reason) =>
        (await commands.SendAsync(new(new SavePipeline(edited.Content!, edited.Text), await viewer.ActorAsync(), reason, ExpectedVersion: seen ?? 0, Cause: "page"))).Rejection;
}
