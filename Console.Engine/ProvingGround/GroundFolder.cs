using System.Security.Cryptography;
using System.Text.Json;

namespace OpsConsole.Engine.ProvingGround;

/// <summary>
/// The ground's folder: <c>plan.json</c>, <c>secret</c> and <c>accounts.json</c> (readable by their owner only), <c>lease</c>, and a folder for each host
/// with its release, what runs, its log and its data.
/// </summary>
public sealed class GroundFolder(string root)
{
    /// <summary>A process of the ground ends by itself when nobody has renewed the lease for this long: nothing is left behind on a machine.</summary>
    public static readonly TimeSpan LeaseLimit = TimeSpan.FromMinutes(10);

    /// <summary>Of what the ground's processes keep on disk; grows by one with each change that a program of before or after could misread. Folders before the first stamp have none.</summary>
    public const int Layout = 2;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Root { get; } = Path.GetFullPath(root);

    public string PlanFile => Path.Combine(Root, "plan.json");

    private string HostsFolder => Path.Combine(Root, "hosts");

    private string SecretFile => Path.Combine(Root, "secret");

    private string AccountsFile => Path.Combine(Root, "accounts.json");

    private string LeaseFile => Path.Combine(Root, "lease");

    public string Of(string host) => Path.Combine(HostsFolder, host);

    public string ReleaseFile(string host) => Path.Combine(Of(host), "release.json");

    public string RunningFile(string host) => Path.Combine(Of(host), "running.json");

    /// <summary>Null where there is no ground yet. Throws <see cref="GroundLayoutException"/> where there is one that this program cannot operate.</summary>
    public GroundPlan? ReadPlan()
    {
        if (!File.Exists(PlanFile))
        {
            return Directory.Exists(HostsFolder) && Directory.EnumerateDirectories(HostsFolder).Any(host => Directory.EnumerateFileSystemEntries(host).Any())
                ? throw Unusable("holds data of hosts and no plan.json that says of which")
                : null;
        }

        var plan = File.ReadAllBytes(PlanFile);
        var layout = LayoutOf(plan);
        return layout == Layout ? JsonSerializer.Deserialize(plan, GroundJson.Default.GroundPlan) : throw Unusable($"has layout {layout}, written by {(layout < Layout ? "an earlier" : "a later")} version of this program, which operates layout {Layout}");
    }

    /// <summary>The first plan makes the ground: its index hosts are marked as founders before it is there.</summary>
    public void WritePlan(GroundPlan plan)
    {
        if (!File.Exists(PlanFile))
        {
            foreach (var host in plan.Hosts.Where(host => host.Founder is not null))
            {
                new FounderMark(Of(host.Id)).Write(host.Founder!.Value);
            }
        }

        Replace(PlanFile, JsonSerializer.SerializeToUtf8Bytes(plan, GroundJson.Default.GroundPlan));
    }

    public RunningHost? ReadRunning(string host)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(RunningFile(host)), GroundJson.Default.RunningHost);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    public void WriteRunning(RunningHost running) => Replace(RunningFile(running.Id), JsonSerializer.SerializeToUtf8Bytes(running, GroundJson.Default.RunningHost));

    /// <summary>The secret every process of this ground shows the others, made at the first call.</summary>
    public string Secret()
    {
        if (!File.Exists(SecretFile))
        {
            Directory.CreateDirectory(Root);
            Replace(SecretFile, System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))), OwnerOnly);
        }

        return File.ReadAllText(SecretFile);
    }

    public Accounts Accounts()
    {
        if (!File.Exists(AccountsFile))
        {
            Replace(AccountsFile, JsonSerializer.SerializeToUtf8Bytes(ProvingGround.Accounts.Make(), GroundJson.Default.Accounts), OwnerOnly);
        }

        var accounts = JsonSerializer.Deserialize(File.ReadAllBytes(AccountsFile), GroundJson.Default.Accounts)!;
        var complete = accounts.Complete();
        if (complete.Keys.Length > accounts.Keys.Length)
        {
            Replace(AccountsFile, JsonSerializer.SerializeToUtf8Bytes(complete, GroundJson.Default.Accounts), OwnerOnly);
        }

        return complete;
    }

    public void RenewLease(DateTimeOffset now)
    {
        File.WriteAllText(LeaseFile, now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        File.SetLastWriteTimeUtc(LeaseFile, now.UtcDateTime);
    }

    public bool LeaseHolds(DateTimeOffset now) => File.Exists(LeaseFile) && now - File.GetLastWriteTimeUtc(LeaseFile) < LeaseLimit;

    private static int LayoutOf(byte[] plan)
    {
        using var read = JsonDocument.Parse(plan);
        return read.RootElement.TryGetProperty("layout", out var layout) && layout.TryGetInt32(out var number) ? number : 1;
    }

    private GroundLayoutException Unusable(string what) =>
        new($"The proving ground's folder {Root} {what}. Nothing in it was changed. Start the version that made it, or give another folder (--data); where its objects are not needed, remove {Root} and a new ground is made.");

    /// <summary>Writes beside the file and renames over it: a reader sees the old or the new, never half.</summary>
    public static void Replace(string file, byte[] content, UnixFileMode? mode = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var beside = $"{file}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows() && mode is { } only)
        {
            options.UnixCreateMode = only;
        }

        using (var stream = new FileStream(beside, options))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, file, overwrite: true);
    }
}
