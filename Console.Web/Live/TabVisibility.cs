namespace OpsConsole.Web.Live;

/// <summary>Whether the person's tab is in front; a hidden one is not rendered for, and gets one refresh when it comes back.</summary>
public sealed class TabVisibility
{
    public bool Hidden { get; private set; }

    public void Set(bool hidden) => Hidden = hidden;
}
