using OpsConsole.Engine.ProvingGround.Customers;
using OpsConsole.Engine.ProvingGround.Index;
using OpsConsole.Engine.ProvingGround.Releases;
using OpsConsole.Engine.ProvingGround.Routing;
using OpsConsole.Engine.ProvingGround.Store;
using OpsConsole.Engine.ProvingGround.Web;

namespace OpsConsole.Engine.ProvingGround.Hosting;

/// <summary>What a role is made of.</summary>
internal sealed record RoleContext(GroundFolder Folder, PlanWatch Plan, GroundHost Me, InstalledRelease? Release, TimeProvider Clock, PatientDisk Disk);

internal static class Roles
{
    public static IHostRole Make(RoleContext context) =>
        context.Me.Role switch
        {
            GroundRole.Web => new WebRole(context),
            GroundRole.Storage => new StorageRole(context),
            GroundRole.Index => new IndexRole(context),
            GroundRole.Router => new RouterRole(context),
            GroundRole.Customers => new CustomersRole(context),
            _ => throw new ArgumentOutOfRangeException(nameof(context), context.Me.Role, "unknown role"),
        };
}
