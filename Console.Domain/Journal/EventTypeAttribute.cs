namespace OpsConsole.Domain.Journal;

/// <summary>The event's name on disk, for ever: <c>slice.what-happened</c>. A changed shape takes a new name.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventTypeAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
