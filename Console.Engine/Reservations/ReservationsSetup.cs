using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Reservations.Safety;
using OpsConsole.Engine.Durability;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Live;
using OpsConsole.Engine.Reservations.Authorities;

namespace OpsConsole.Engine.Reservations;

public static class ReservationsSetup
{
    /// <summary>A state with tens of thousands of reservations is large: it is written seldom, and folding so many events again takes a second.</summary>
    private const int SnapshotEvery = 20_000;

    public static IServiceCollection AddReservations(this IServiceCollection services)
    {
        services.TryAddSingleton(new AuthorityFolder(null));
        services.AddSingleton<WebhookAnswers>();
        services.AddSingleton<SecondCount>();
        services.AddSingleton(provider => new StoreAuthorities(provider.GetServices<IPlacementSource>, provider.GetRequiredService<SecondCount>()));
        services.AddSingleton(provider => new AuthorityBook(provider.GetRequiredService<StoreAuthorities>()));
        services.AddSingleton<ISafetyAuthorities>(provider => provider.GetRequiredService<AuthorityBook>());
        services.AddSingleton(provider => new ReservationDecider(provider.GetRequiredService<ISafetyAuthorities>(), provider.GetService<IChangeFreezes>(), provider.GetService<IProvenReleases>()));
        services.AddSingleton<StreamFamily>(provider => new StreamFamily<RegionReservations>(ReservationStreams.Family, regional: true, provider.GetRequiredService<ReservationDecider>()) { SnapshotEvery = SnapshotEvery });
        services.AddSingleton<IVisitRule, ReservedHosts>();
        services.AddSingleton<ICordRule, WritableQuorum>();
        services.AddSingleton<DenialCounts>();
        services.AddSingleton<ReservationDesk>();
        services.AddSingleton<ITickPart, ReservationTick>();
        services.AddSingleton<ITickPart, AuthorityWatch>();
        services.AddSingleton<ITopicSource, ReservationsTopic>();
        return services;
    }

    /// <summary>Where placement files and webhooks are configured: <c>data/authorities</c>.</summary>
    public static IServiceCollection AddAuthorities(this IServiceCollection services, string dataFolder) => services.AddSingleton(new AuthorityFolder(Path.Combine(dataFolder, "authorities")));
}
