using OpsConsole.Domain.Fleet;

namespace OpsConsole.Domain.Reservations.Safety;

/// <summary>Answers for web hosts: they hold no data, so capacity and limits are all there is to keep.</summary>
public sealed class StatelessAuthority : ISafetyAuthority
{
    public string Name => "stateless";

    public static bool Covers(Host host) => host.Role == HostRole.Web;

    public SafetyAnswer Ask(SafetyQuestion question) => SafetyAnswer.NoData;
}
