using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using OpsConsole.Domain.Rollouts.Notifications;

namespace OpsConsole.Engine.Rollouts.Notifications;

/// <summary>What of a subscription must not be read by others.</summary>
/// <param name="Url">The full address of a webhook; null for mail.</param>
/// <param name="SigningKey">As receivers keep it, <c>whsec_…</c>; null where nothing is signed.</param>
/// <param name="Password">Of the mail server; null where it needs none.</param>
public sealed record SubscriptionSecret(string? Url, string? SigningKey, string? Password);

/// <summary>Encrypts it with the keys of the data folder: what the journal and its copies hold opens nothing without them.</summary>
public sealed class SubscriptionSecrets(IDataProtectionProvider provider)
{
    private readonly IDataProtector _protector = provider.CreateProtector("OpsConsole.Notifications.v1");

    public string Protect(SubscriptionSecret secret) => _protector.Protect(JsonSerializer.Serialize(secret));

    /// <summary>Null where the keys it was encrypted with are gone.</summary>
    public SubscriptionSecret? Read(Subscription subscription)
    {
        try
        {
            return JsonSerializer.Deserialize<SubscriptionSecret>(_protector.Unprotect(subscription.Secret));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    internal static SendOutcome Unreadable { get; } = new(false, "its secret cannot be read any more, because the data folder's keys are gone: set the subscription anew");
}
