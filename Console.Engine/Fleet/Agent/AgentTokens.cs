using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OpsConsole.Engine.Fleet.Agent;

public interface IAgentTokens
{
    /// <summary>The host the token was made for; null where it is no agent's token.</summary>
    string? HostOf(string token);
}

/// <summary>Agents' tokens, as SHA-256 hashes, in <c>agent-tokens.json</c> of the data folder. A token made while the console runs counts at once; a host's new token ends its older one.</summary>
public sealed class FileAgentTokens(string folder) : IAgentTokens
{
    private readonly string _path = Path.Combine(folder, "agent-tokens.json");
    private readonly Lock _lock = new();
    private (DateTime Written, Dictionary<string, string> HostByHash) _read = (default, []);

    public string? HostOf(string token)
    {
        lock (_lock)
        {
            var written = File.GetLastWriteTimeUtc(_path);
            if (written != _read.Written)
            {
                _read = (written, Load().ToDictionary(pair => pair.Value, pair => pair.Key));
            }

            return _read.HostByHash.GetValueOrDefault(Hash(token));
        }
    }

    /// <summary>Makes a token and answers it; only its hash is kept.</summary>
    public string Create(string host)
    {
        var token = $"agent_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}";
        lock (_lock)
        {
            var hashes = Load();
            hashes[host] = Hash(token);
            Directory.CreateDirectory(folder);
            File.WriteAllText(_path + ".new", JsonSerializer.Serialize(hashes));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(_path + ".new", UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            File.Move(_path + ".new", _path, overwrite: true);
        }

        return token;
    }

    private Dictionary<string, string> Load() => File.Exists(_path) ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(_path)) ?? [] : [];

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
