using System.Collections.Immutable;

namespace OpsConsole.Domain.Fleet;

/// <summary>Roles and drivers as files write them: <c>web</c>, <c>proving-ground</c>.</summary>
public static class FleetWords
{
    public static ImmutableSortedDictionary<string, HostRole> Roles { get; } = Enum.GetValues<HostRole>().ToImmutableSortedDictionary(Of, role => role);

    public static ImmutableSortedDictionary<string, HostDriver> Drivers { get; } = Enum.GetValues<HostDriver>().ToImmutableSortedDictionary(Of, driver => driver);

    public static string Of(HostRole role) => role.ToString().ToLowerInvariant();

    public static string Of(HostDriver driver) => driver == HostDriver.ProvingGround ? "proving-ground" : driver.ToString().ToLowerInvariant();
}
