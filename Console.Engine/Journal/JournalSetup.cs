using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpsConsole.Engine.Journal.Sqlite;

namespace OpsConsole.Engine.Journal;

public static class JournalSetup
{
    /// <summary>The journal on disk, its upkeep, and the snapshots of a clean end.</summary>
    public static IServiceCollection AddSqliteJournal(this IServiceCollection services, string dataFolder) => services.AddSqliteJournal(new JournalOptions(dataFolder));

    public static IServiceCollection AddSqliteJournal(this IServiceCollection services, JournalOptions options)
    {
        services.AddSingleton(provider => new SqliteJournal(options, provider.GetServices<StreamFamily>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SqliteJournal>>()));
        services.AddSingleton<IJournal>(provider => provider.GetRequiredService<SqliteJournal>());
        return services.AddHostedService<JournalKeeper>();
    }
}
