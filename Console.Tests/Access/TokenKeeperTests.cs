using System.Net.Http.Json;
using System.Text.Json;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Access;

public sealed class TokenKeeperTests : IAsyncLifetime
{
    private readonly RunningConsole _console = new();

    public Task InitializeAsync() => _console.InitializeAsync();

    public Task DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task When_a_token_was_last_used_is_still_known_after_a_restart()
    {
        var token = await _console.TokenAsync(("Viewer", "global"));
        Assert.Equal(JsonValueKind.Null, (await LastUsedAsync(token)).ValueKind);
        using (var client = _console.Client(token))
        {
            await client.GetAsync(new Uri("/api/v1/me", UriKind.Relative));
        }

        var used = (await LastUsedAsync(token)).GetDateTimeOffset();
        await _console.App.StopAsync();
        await _console.RestartAsync();

        Assert.Equal(used, (await LastUsedAsync(token)).GetDateTimeOffset());
    }

    private async Task<JsonElement> LastUsedAsync(string token)
    {
        using var admin = _console.Admin();
        var tokens = await admin.GetFromJsonAsync<JsonElement>("/api/v1/tokens");
        return tokens.EnumerateArray().Single(one => one.GetProperty("id").GetString() == token.Split('_')[1]).GetProperty("lastUsed");
    }
}
