namespace OpsConsole.Engine.Canaries.Targets;

/// <summary>A world's targets: says where canaries can look now, and gives the way there.</summary>
public interface ICanaryTargets
{
    /// <summary>Asked once a second; must be quick. A host in the hands of somebody who stopped it on purpose is left out while it is.</summary>
    IEnumerable<CanaryTarget> Now();

    /// <summary>Sends requests to the target, signing them where its customers sign. Shared by all runs and kept by the world; it must not retry or follow redirects.</summary>
    HttpMessageInvoker WayTo(CanaryTarget target);
}
