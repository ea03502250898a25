using OpsConsole.Engine.ProvingGround;
using OpsConsole.Engine.ProvingGround.Customers;
using OpsConsole.Engine.Rehearsal;

namespace OpsConsole.Web.Shell;

/// <summary>What a console may be given to operate: the real object store on this machine, the simulated fleet, both or nothing.</summary>
internal static class Worlds
{
    public const string Both = "both";
    public const string ProvingGround = "proving-ground";
    public const string Rehearsal = "rehearsal";
    public const string None = "none";

    public static readonly string[] All = [Both, ProvingGround, Rehearsal, None];

    /// <summary>The profiles customers of the proving ground may have.</summary>
    public static string[] Customers { get; } = [.. CustomerProfiles.All.Select(profile => profile.Name)];

    public static IServiceCollection AddWorld(this IServiceCollection services, string world, string data, string? customers)
    {
        if (world is Both or ProvingGround)
        {
            services.AddProvingGround(new GroundOptions { Folder = Path.Combine(data, "ground"), CustomerProfile = customers ?? CustomerProfiles.Usual.Name });
        }

        if (world is Both or Rehearsal)
        {
            services.AddRehearsal();
        }

        return services;
    }
}
