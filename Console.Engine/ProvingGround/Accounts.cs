using System.Collections.Immutable;
using System.Security.Cryptography;

namespace OpsConsole.Engine.ProvingGround;

/// <summary>One customer's key pair.</summary>
public sealed record AccessKey(string Name, string Id, string Secret);

/// <summary>The customers' keys: random, made at the first start, kept in the ground's folder.</summary>
public sealed record Accounts(ImmutableArray<AccessKey> Keys)
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static Accounts Make() => new([Key("customers"), Key("probe"), Key("guest")]);

    /// <summary>The traffic generator's.</summary>
    public AccessKey Customers => Keys.Single(key => key.Name == "customers");

    public AccessKey Probe => Keys.Single(key => key.Name == "probe");

    /// <summary>For people and programs who want to try the store.</summary>
    public AccessKey Guest => Keys.Single(key => key.Name == "guest");

    public AccessKey? Find(string id) => Keys.FirstOrDefault(key => key.Id == id);

    private static AccessKey Key(string name) => new(name, "PG" + RandomNumberGenerator.GetString(Letters, 18), Convert.ToBase64String(RandomNumberGenerator.GetBytes(30)));
}
