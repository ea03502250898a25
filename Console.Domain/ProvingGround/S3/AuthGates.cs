using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.S3;

/// <summary>Who it is: form, time, key, what was signed, signature.</summary>
internal static class AuthGates
{
    public static ImmutableArray<Gate> All { get; } =
    [
        new("auth-form", GateNeeds.Request, it => it.Auth.Form),
        new("auth-time", GateNeeds.Request, it => it.Auth.Time),
        new("auth-key", GateNeeds.Request, it => it.Auth.KnownKey ? null : S3Error.InvalidAccessKeyId),
        new("auth-headers", GateNeeds.Request, it => it.Auth.Headers),
        new("auth-signature", GateNeeds.Request, it => it.Auth.Holds ? null : S3Error.SignatureDoesNotMatch),
    ];
}
