using System.Collections.Immutable;
using System.Diagnostics;
using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Noodles;

/// <summary>
/// The smallest Ceph that serves S3: a monitor, an OSD that keeps its data in memory, and a <c>radosgw</c>, from Debian's packages. All listen on loopback only, none signs what it
/// says to the others, everything they write is in one temporary folder, and they end with this object.
/// </summary>
internal sealed class RadosGateway : IAsyncDisposable
{
    private const int Customers = 4;
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("radosgw").FullName;
    private readonly string _cluster = Guid.NewGuid().ToString();
    private readonly int _monitor = ConsoleProcess.FreePort();
    private readonly int _port = ConsoleProcess.FreePort();
    private readonly List<(string Name, Process Process)> _running = [];

    private RadosGateway()
    {
    }

    public Uri Address => new($"http://127.0.0.1:{_port}");

    public static ImmutableArray<NoodleAccount> Accounts { get; } = [.. Enumerable.Range(1, Customers).Select(number => new NoodleAccount($"customer-{number}", $"NOODLE{number}KEY", $"noodle-{number}-secret"))];

    public static async Task<RadosGateway> StartAsync()
    {
        var gateway = new RadosGateway();
        try
        {
            using var limit = new CancellationTokenSource(LongestStart, TimeProvider.System);
            await gateway.BeginAsync(limit.Token);
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Those that ask first, so that nobody waits for somebody who is gone.
        foreach (var (_, process) in Enumerable.Reverse(_running))
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task BeginAsync(CancellationToken cancel)
    {
        await File.WriteAllTextAsync(At("ceph.conf"), Settings(), cancel);
        foreach (var folder in new[] { "mon", "osd", "rgw" })
        {
            Directory.CreateDirectory(At(folder));
        }

        var disk = Guid.NewGuid().ToString();
        await DoAsync("monmaptool", ["--create", "--enable-all-features", "--fsid", _cluster, "--addv", "a", $"[v2:127.0.0.1:{_monitor}]", At("monmap")], cancel);
        await DoAsync("ceph-mon", ["-i", "a", "--mkfs", "--monmap", At("monmap")], cancel);
        Start("ceph-mon", "-i", "a", "-f");
        await DoAsync("ceph", ["osd", "new", disk], cancel);
        await DoAsync("ceph-osd", ["-i", "0", "--mkfs", "--osd-uuid", disk], cancel);
        Start("ceph-osd", "-i", "0", "-f");
        Start("radosgw", "-n", "client.rgw", "-f");
        await UntilItAnswersAsync(cancel);
        foreach (var account in Accounts)
        {
            await DoAsync("radosgw-admin", ["user", "create", "--uid", account.Name, "--display-name", account.Name, "--access-key", account.AccessKey, "--secret", account.Secret], cancel);
        }
    }

    // The gateway asks for encryption by itself, which needs the keys that are left out here: hence the modes.
    private string Settings() => $"""
        [global]
        fsid = {_cluster}
        mon host = v2:127.0.0.1:{_monitor}
        mon initial members = a
        public addr = 127.0.0.1
        cluster addr = 127.0.0.1
        ms bind msgr1 = false
        ms mon client mode = crc
        ms mon cluster mode = crc
        ms mon service mode = crc
        auth cluster required = none
        auth service required = none
        auth client required = none
        osd pool default size = 1
        osd pool default min size = 1
        osd pool default pg num = 1
        osd pool default pgp num = 1
        osd pool default pg autoscale mode = off
        osd crush chooseleaf type = 0
        mon allow pool size one = true
        mon data avail crit = 0
        paxos propose interval = 0.05
        paxos min wait = 0.01
        rgw override bucket index max shards = 1
        run dir = {_folder}
        crash dir = {_folder}
        mon cluster log file = {At("cluster.log")}
        admin socket =
        pid file =
        log file =
        [mon.a]
        mon data = {At("mon")}
        [osd.0]
        osd data = {At("osd")}
        osd objectstore = memstore
        memstore device bytes = 1073741824
        [client.rgw]
        rgw data = {At("rgw")}
        rgw frontends = beast endpoint=127.0.0.1:{_port}

        """;

    private string At(string name) => Path.Combine(_folder, name);

    private Process Run(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, [.. arguments, "--conf", At("ceph.conf")]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder };
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException($"{program} cannot be started ({e.Message}): install ceph-mon, ceph-osd and radosgw, or run ./test once as root.", e);
        }
    }

    private void Start(string program, params string[] arguments)
    {
        var process = Run(program, arguments);
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _running.Add((program, process));
    }

    private async Task DoAsync(string program, string[] arguments, CancellationToken cancel)
    {
        using var process = Run(program, arguments);
        try
        {
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
            await process.WaitForExitAsync(cancel);
            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {string.Join('\n', said)}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end; {Living()}");
        }
    }

    private async Task UntilItAnswersAsync(CancellationToken cancel)
    {
        using var client = new HttpClient();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(Address, cancel);
                return;
            }
            catch (HttpRequestException)
            {
                Assert.True(_running.TrueForAll(one => !one.Process.HasExited), Living());
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"The gateway does not answer; {Living()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
        }
    }

    private string Living() => string.Join(", ", _running.Select(one => $"{one.Name} {(one.Process.HasExited ? $"ended with {one.Process.ExitCode}" : "lives")}"));
}
