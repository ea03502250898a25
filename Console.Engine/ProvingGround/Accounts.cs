using System.Collections.Immutable;
using System.Security.Cryptography;

namespace OpsConsole.Engine.ProvingGround;

/// <summary>One customer's key pair.</summary>
public sealed record AccessKey(string Name, string Id, string Secret);

/// <summary>The customers' keys: random, made at the first start, kept in the ground's folder.</summary>
public sealed record Accounts(ImmutableArray<AccessKey> Keys)
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private const string NoodlesPrefix = "noodles-";

    private static readonly string[] Names = ["customers", "probe", "guest", "neighbour", .. Enumerable.Range(1, 8).Select(number => $"{NoodlesPrefix}{number}")];

    public static Accounts Make() => new([.. Names.Select(Key)]);

    /// <summary>With a key for every account that has none yet: those of a ground that was made before the account was.</summary>
    public Accounts Complete() => this with { Keys = [.. Keys, .. Names.Where(name => Keys.All(key => key.Name != name)).Select(Key)] };

    /// <summary>The traffic generator's.</summary>
    public AccessKey Customers => Keys.Single(key => key.Name == "customers");

    public AccessKey Probe => Keys.Single(key => key.Name == "probe");

    /// <summary>For people and programs who want to try the store.</summary>
    public AccessKey Guest => Keys.Single(key => key.Name == "guest");

    /// <summary>A second account for them, to whom the guest's buckets are closed.</summary>
    public AccessKey Neighbour => Keys.Single(key => key.Name == "neighbour");

    /// <summary>Customers of behaviour tests, leased to one scenario at a time.</summary>
    public ImmutableArray<AccessKey> Noodles => [.. Keys.Where(key => key.Name.StartsWith(NoodlesPrefix, StringComparison.Ordinal))];

    public AccessKey? Find(string id) => Keys.FirstOrDefault(key => key.Id == id);

    private static AccessKey Key(string name) => new(name, "PG" + RandomNumberGenerator.GetString(Letters, 18), Convert.ToBase64String(RandomNumberGenerator.GetBytes(30)));
}
