namespace OpsConsole.Domain.Journal;

/// <summary>A converter by which journal and snapshots read a type of which there are a million, in place of the general way. It must read whatever the general way writes. Nothing else uses it.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class JournalJsonAttribute : Attribute;
