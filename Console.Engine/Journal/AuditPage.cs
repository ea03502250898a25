using System.Collections.ObjectModel;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Journal;

/// <summary>A page of the audit, newest first.</summary>
/// <param name="next">See <see cref="Next"/>.</param>
public sealed class AuditPage(IList<Recorded> events, long? next) : ReadOnlyCollection<Recorded>(events)
{
    /// <summary>The <see cref="AuditQuery.Before"/> of the page after this one; null where there is nothing further back. A page may hold nothing and still have one after it: a search looks only so far at once.</summary>
    public long? Next { get; } = next;
}
