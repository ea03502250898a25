using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace OpsConsole.Engine.ProvingGround.Hosting;

/// <summary>How the ground's processes know each other on loopback: everything under <see cref="ControlPrefix"/> needs the secret.</summary>
internal static class GroundSecret
{
    public const string Header = "x-ground-secret";

    /// <summary>No bucket can have this name.</summary>
    public const string ControlPrefix = "/~ground/";

    public static bool Shown(HttpContext context, byte[] secret) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(context.Request.Headers[Header].ToString()), secret);
}
