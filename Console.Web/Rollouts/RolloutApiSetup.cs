using OpsConsole.Web.Rollouts.Approvals;
using OpsConsole.Web.Rollouts.Calendar;

namespace OpsConsole.Web.Rollouts;

internal static class RolloutApiSetup
{
    public static void MapRolloutApi(this IEndpointRouteBuilder api)
    {
        api.MapRollouts();
        api.MapPlan();
        api.MapReleases();
        api.MapPipelines();
        api.MapCalendar();
        api.MapApprovals();
    }
}
