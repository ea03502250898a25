using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace OpsConsole.Engine.Access;

/// <summary>Brings <c>access.db</c> to this version's schema, or refuses one that a later version wrote, without touching it.</summary>
public static class AccessSchema
{
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccessDb>();
        var path = new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource;
        OwnerFile.Ensure(path);
        var applied = await AppliedAsync(path, cancel).ConfigureAwait(false);
        var known = db.Database.GetMigrations().ToHashSet();
        if (applied.FirstOrDefault(name => !known.Contains(name)) is { } later)
        {
            throw new AccessException($"access.db was written by a later version (it knows '{later}', this version does not). Nothing was changed. Start that version, or give another data folder.");
        }

        if (applied.Count < known.Count)
        {
            await db.Database.MigrateAsync(cancel).ConfigureAwait(false);
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancel).ConfigureAwait(false);
        }
    }

    private static async Task<List<string>> AppliedAsync(string path, CancellationToken cancel)
    {
        var names = new List<string>();
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await connection.OpenAsync(cancel).ConfigureAwait(false);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = '__EFMigrationsHistory'";
        if (await command.ExecuteScalarAsync(cancel).ConfigureAwait(false) is 0L)
        {
            return names;
        }

        command.CommandText = "SELECT MigrationId FROM __EFMigrationsHistory";
        await using var rows = await command.ExecuteReaderAsync(cancel).ConfigureAwait(false);
        while (await rows.ReadAsync(cancel).ConfigureAwait(false))
        {
            names.Add(rows.GetString(0));
        }

        return names;
    }
}
