using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Engine.Reservations.Authorities;

/// <summary>
/// Who answers for which service. A service that has a file is asked as the file says; a file that cannot be read answers nothing, so that a slip of the pen never lets hosts go.
/// Without a file, a store of a world is asked itself; web hosts hold no data.
/// </summary>
public sealed class AuthorityBook(StoreAuthorities? stores = null) : ISafetyAuthorities
{
    private static readonly StatelessAuthority Stateless = new();
    private ImmutableDictionary<string, ServiceAuthority> _services = ImmutableDictionary<string, ServiceAuthority>.Empty;

    /// <summary>All services that say how they are asked.</summary>
    public IEnumerable<ServiceAuthority> All => _services.Values;

    public ISafetyAuthority? For(Host host) =>
        _services.TryGetValue(host.Service, out var service) ? service.Authority : stores?.For(host) ?? StatelessOf(host);

    private static StatelessAuthority? StatelessOf(Host host) => StatelessAuthority.Covers(host) ? Stateless : null;

    /// <summary>Sets who answers for a service: for a world that knows its own placement.</summary>
    public void Set(string service, ISafetyAuthority authority) => ImmutableInterlocked.Update(ref _services, all => all.SetItem(service, new(service, authority, null)));

    internal void Set(ServiceAuthority service) => ImmutableInterlocked.Update(ref _services, all => all.SetItem(service.Service, service));

    internal void Remove(string service) => ImmutableInterlocked.Update(ref _services, all => all.Remove(service));
}

/// <param name="Problem">Why its file cannot be used; null where it can.</param>
public sealed record ServiceAuthority(string Service, ISafetyAuthority Authority, string? Problem);

/// <summary>A service whose file cannot be read: it gives no answer.</summary>
public sealed class BrokenAuthority(string name, string problem) : ISafetyAuthority
{
    public string Name => name;

    public SafetyAnswer Ask(SafetyQuestion question) => SafetyAnswer.None(problem);
}
