using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Engine.Access;

namespace OpsConsole.Tests.Access;

public sealed class AccessSchemaTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("opsconsole-").FullName;
    private readonly ServiceProvider _services;

    public AccessSchemaTests() => _services = Store(_folder);

    private string Database => Path.Combine(_folder, "access.db");

    public void Dispose()
    {
        _services.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_migrated_schema_is_the_models()
    {
        await AccessSchema.PrepareAsync(_services, CancellationToken.None);
        var modelled = Path.Combine(_folder, "model.db");
        await using var db = await _services.GetRequiredService<IDbContextFactory<AccessDb>>().CreateDbContextAsync();
        await using (var connection = await OpenAsync(modelled))
        {
            await ExecuteAsync(connection, db.Database.GenerateCreateScript());
        }

        Assert.NotEmpty(await ShapeAsync(modelled));
        Assert.Equal(await ShapeAsync(modelled), await ShapeAsync(Database));
    }

    [Fact]
    public async Task A_database_from_the_future_is_refused_and_not_touched()
    {
        await AccessSchema.PrepareAsync(_services, CancellationToken.None);
        await using (var connection = await OpenAsync(Database))
        {
            await ExecuteAsync(connection, "INSERT INTO __EFMigrationsHistory VALUES ('20990101000000_Later', '99.0'); PRAGMA wal_checkpoint(TRUNCATE);");
        }

        SqliteConnection.ClearAllPools();
        var before = await File.ReadAllBytesAsync(Database);
        var refused = await Assert.ThrowsAsync<AccessException>(() => AccessSchema.PrepareAsync(_services, CancellationToken.None));

        Assert.Contains("20990101000000_Later", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Database));
    }

    [Fact]
    public async Task Preparing_twice_changes_nothing()
    {
        await AccessSchema.PrepareAsync(_services, CancellationToken.None);
        var before = await ShapeAsync(Database);
        await AccessSchema.PrepareAsync(_services, CancellationToken.None);
        Assert.Equal(before, await ShapeAsync(Database));
    }

    private static ServiceProvider Store(string folder)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddAccessStore(folder);
        return services.BuildServiceProvider();
    }

    /// <summary>Tables with columns, types, nullability, keys, foreign keys and indexes.</summary>
    private static async Task<string[]> ShapeAsync(string path)
    {
        await using var connection = await OpenAsync(path);
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT t.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE '\_\_%' ESCAPE '\' AND t.name NOT LIKE 'sqlite%'
            UNION ALL SELECT t.name || ' index ' || i.name || ' ' || i."unique" || ' ' || group_concat(ii.name) FROM sqlite_master t JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) ii WHERE t.type = 'table' AND t.name NOT LIKE '\_\_%' ESCAPE '\' GROUP BY t.name, i.name
            UNION ALL SELECT t.name || ' key ' || f."table" || ' ' || f."from" || ' ' || f."to" || ' ' || f.on_delete FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'
            ORDER BY 1
            """;
        await using var rows = await command.ExecuteReaderAsync();
        var shape = new List<string>();
        while (await rows.ReadAsync())
        {
            shape.Add(rows.GetString(0));
        }

        return [.. shape];
    }

    private static async Task<SqliteConnection> OpenAsync(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the text is this test's own or EF's
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
