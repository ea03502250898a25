using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Journal;

/// <summary>A digest of what is asked and who asks it: what an idempotency key stands for.</summary>
internal static class CommandDigest
{
    public static string Of(CommandRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Command.GetType().FullName}\n{request.Actor.Id}\n"));
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(request.Command, request.Command.GetType(), EventTypes.Json));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
