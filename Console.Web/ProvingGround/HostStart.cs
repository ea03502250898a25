using OpsConsole.Engine.ProvingGround.Hosting;

namespace OpsConsole.Web.ProvingGround;

/// <summary>
/// The way the console itself starts hosts, past the parser of verbs: 21 processes start at once, and to build every verb would cost each of them more than
/// all it starts for. The same, written in any other way, goes through <see cref="HostVerb"/>.
/// </summary>
internal static class HostStart
{
    /// <summary>Null where the arguments are not in the console's own form.</summary>
    public static Task<int>? Of(string[] args) => args is ["host", "--ground", var ground, "--id", var id] ? HostProgram.RunAsync(Path.GetFullPath(ground), id, default) : null;
}
