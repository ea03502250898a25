namespace OpsConsole.Web.Fleet;

/// <summary>What another slice shows of a host on its page: a component with the parameters <c>Region</c> and <c>Host</c>.</summary>
public sealed record HostPart(Type Component);
