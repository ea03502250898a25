namespace OpsConsole.Domain.Journal;

/// <summary>Something that happened and was accepted. An immutable record with an <see cref="EventTypeAttribute"/>.</summary>
#pragma warning disable CA1040 // a marker is what keeps commands and events apart in every signature
public interface IEvent;
#pragma warning restore CA1040
