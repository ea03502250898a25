namespace OpsConsole.Engine.Canaries.Silence;

/// <summary>Says whether an alarm fires already: what one knows is not silent.</summary>
public interface IFiringAlarms
{
    bool Fires(string service, string region);
}
