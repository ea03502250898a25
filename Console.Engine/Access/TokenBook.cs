using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Access;

/// <summary>Makes, checks and revokes API tokens. Their text is <c>oc_ID_SECRET</c>; only its hash is kept.</summary>
public sealed class TokenBook(ICommands commands, IStates states, IDbContextFactory<AccessDb> database, TimeProvider clock)
{
    public const string Prefix = "oc_";

    private readonly ConcurrentDictionary<string, byte[]> _hashes = new();
    private readonly ConcurrentDictionary<string, long> _lastUsed = new();

    private AccessState State => states.Get<AccessState>(AccessStreams.Accounts);

    /// <summary>The result and, where it was accepted, the token's text: the only time it is ever shown. The id is chosen here.</summary>
    public async Task<(CommandResult Result, string? Text)> CreateAsync(CreateToken command, CommandRequest request, CancellationToken cancel)
    {
        var id = Secrets.NewId();
        var text = $"{Prefix}{id}_{Secrets.New()}";
        var hash = Secrets.Hash(text);

        // The hash first: a hash without a token opens nothing, a token without a hash would be dead.
        await using (var db = await database.CreateDbContextAsync(cancel).ConfigureAwait(false))
        {
            db.TokenSecrets.Add(new TokenSecret { Id = id, Hash = hash });
            await db.SaveChangesAsync(cancel).ConfigureAwait(false);
        }

        var result = await commands.SendAsync(request with { Command = command with { Id = id } }, cancel).ConfigureAwait(false);
        if (!result.Accepted || !State.Tokens.ContainsKey(id))
        {
            await ForgetAsync(id, CancellationToken.None).ConfigureAwait(false);
            return (result, null);
        }

        _hashes[id] = hash;
        return (result, text);
    }

    /// <summary>Who this token's text stands for now; null where it is wrong, revoked or expired.</summary>
    public Actor? Find(string text)
    {
        if (IdOf(text) is not { } id || !_hashes.TryGetValue(id, out var hash) || !Secrets.Same(hash, Secrets.Hash(text)))
        {
            return null;
        }

        var now = clock.GetUtcNow();
        if (State.TokenWith(id, now) is not { } actor)
        {
            return null;
        }

        _lastUsed[id] = now.ToUnixTimeMilliseconds();
        return actor;
    }

    public DateTimeOffset? LastUsed(string id) => _lastUsed.TryGetValue(id, out var at) ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    /// <summary>The public part of a token text; null where it has none.</summary>
    public static string? IdOf(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) && text.IndexOf('_', Prefix.Length) is var end and > 0 ? text[Prefix.Length..end] : null;

    /// <summary>Reads the hashes of live tokens, and forgets those of tokens that are gone.</summary>
    internal async Task LoadAsync(CancellationToken cancel)
    {
        await using var db = await database.CreateDbContextAsync(cancel).ConfigureAwait(false);
        foreach (var secret in await db.TokenSecrets.ToListAsync(cancel).ConfigureAwait(false))
        {
            if (!State.Tokens.ContainsKey(secret.Id))
            {
                db.Remove(secret);
                continue;
            }

            _hashes[secret.Id] = secret.Hash;
            if (secret.LastUsed is { } at)
            {
                _lastUsed[secret.Id] = at;
            }
        }

        await db.SaveChangesAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Writes down when tokens were last used, and forgets the hashes of tokens that are gone.</summary>
    internal async Task KeepAsync(CancellationToken cancel)
    {
        await using var db = await database.CreateDbContextAsync(cancel).ConfigureAwait(false);
        foreach (var secret in await db.TokenSecrets.ToListAsync(cancel).ConfigureAwait(false))
        {
            if (_lastUsed.TryGetValue(secret.Id, out var at))
            {
                secret.LastUsed = at;
            }
        }

        await db.SaveChangesAsync(cancel).ConfigureAwait(false);
        foreach (var gone in _hashes.Keys.Where(id => !State.Tokens.ContainsKey(id)))
        {
            await ForgetAsync(gone, cancel).ConfigureAwait(false);
        }
    }

    private async Task ForgetAsync(string id, CancellationToken cancel)
    {
        _hashes.TryRemove(id, out _);
        _lastUsed.TryRemove(id, out _);
        await using var db = await database.CreateDbContextAsync(cancel).ConfigureAwait(false);
        await db.TokenSecrets.Where(secret => secret.Id == id).ExecuteDeleteAsync(cancel).ConfigureAwait(false);
    }
}
