using OpsConsole.Web.Rollouts.Approvals;
using OpsConsole.Web.Rollouts.Calendar;
using OpsConsole.Web.Rollouts.Notifications;
using OpsConsole.Web.Rollouts.Preview;

namespace OpsConsole.Web.Rollouts;

internal static class RolloutApiSetup
{
    public static void MapRolloutApi(this IEndpointRouteBuilder api)
    {
        api.MapRollouts();
        api.MapPlan();
        api.MapForecasts();
        api.MapReleases();
        api.MapPipelines();
        api.MapCalendar();
        api.MapApprovals();
        api.MapNotifications();
    }
}
