using OpsConsole.Engine.ProvingGround.Customers;

namespace OpsConsole.Engine.ProvingGround;

/// <summary>The size and manners of a proving ground.</summary>
public sealed record GroundOptions
{
    /// <summary>The ground's own folder: its plan, secret, accounts, and one folder a host.</summary>
    public required string Folder { get; init; }

    /// <summary>The program whose verb <c>host</c> runs one process of the ground; a <c>.dll</c> is run by the <c>dotnet</c> that runs this one.</summary>
    public string Program { get; init; } = Path.Combine(AppContext.BaseDirectory, "Console.Web.dll");

    public string Partition { get; init; } = "proving-ground";

    public string Region { get; init; } = "local-1";

    /// <summary>1 to 8.</summary>
    public int WebHostsPerAz { get; init; } = 2;

    /// <summary>1 to 8.</summary>
    public int StorageHostsPerAz { get; init; } = 3;

    /// <summary>Where customers connect; 0 takes a free port at the first start and keeps it.</summary>
    public int RouterPort { get; init; }

    /// <summary>How the customers behave: the name of one of <see cref="CustomerProfiles"/>.</summary>
    public string CustomerProfile { get; init; } = CustomerProfiles.Usual.Name;

    /// <summary>Requests a second, 0 to 2,000; null for the profile's own.</summary>
    public int? CustomerRate { get; init; }

    public int Seed { get; init; } = 20_261;

    /// <summary>Whether a clean shutdown of the console stops the ground. A killed console never does: the next one adopts what runs.</summary>
    public bool StopWithConsole { get; init; } = true;

    /// <summary>How many processes are started at once.</summary>
    public int StartsAtOnce { get; init; } = 4;

    public bool Probe { get; init; } = true;

    /// <summary>How long shards wait for a host that does not answer before they are rebuilt elsewhere; null for the usual 15 minutes. Over 0 and up to a day.</summary>
    public TimeSpan? RepairDelay { get; init; }
}
