using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Journal.Sqlite;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Settings;

/// <summary>What the page Settings shows; what one person may not see is left out there.</summary>
/// <param name="Journal">Null where the journal is kept in memory only.</param>
public sealed record SettingsModel(AccessState Access, bool SecondPerson, JournalOptions? Journal);

/// <summary>Reads it, and changes what is not an account or a token.</summary>
public sealed class SettingsDesk(IStates states, ICommands commands, IViewer viewer, JournalOptions? journal = null)
{
    public SettingsModel Read() => new(states.Get<AccessState>(AccessStreams.Accounts), states.Get<CordState>(CordStreams.Only).SecondPerson, journal);

    public async Task<Rejection?> RequireSecondPersonAsync(bool required, string reason) =>
        (await commands.SendAsync(new(new RequireSecondPerson(required), await viewer.ActorAsync(), reason, Cause: "page"))).Rejection;
}
