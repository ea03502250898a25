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

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Root { get; } = Path.GetFullPath(root);

    public string PlanFile => Path.Combine(Root, "plan.json");

    private string SecretFile => Path.Combine(Root, "secret");

    private string AccountsFile => Path.Combine(Root, "accounts.json");

    private string LeaseFile => Path.Combine(Root, "lease");

    public string Of(string host) => Path.Combine(Root, "hosts", host);

    public string ReleaseFile(string host) => Path.Combine(Of(host), "release.json");

    public string RunningFile(string host) => Path.Combine(Of(host), "running.json");

    public GroundPlan? ReadPlan() => File.Exists(PlanFile) ? JsonSerializer.Deserialize(File.ReadAllBytes(PlanFile), GroundJson.Default.GroundPlan) : null;

    public void WritePlan(GroundPlan plan) => Replace(PlanFile, JsonSerializer.SerializeToUtf8Bytes(plan, GroundJson.Default.GroundPlan));

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
