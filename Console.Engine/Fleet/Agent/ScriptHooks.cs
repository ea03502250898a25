using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Engine.Fleet.Agent;

/// <summary>
/// Runs the operator's scripts from one folder: <c>drain</c>, <c>install</c>, <c>start</c>, <c>verify</c>, <c>restore</c>, <c>read-only</c> (first argument <c>on</c> or
/// <c>off</c>), and, where there is one, <c>health</c>; each as named or with <c>.sh</c>. A script gets HOST, STEP, RELEASE, DIGEST, CHANGES (such as
/// <c>Firmware=2.1 OsPatch=6.12</c>), TOKEN and DEADLINE as environment variables. What <c>verify</c> has installed besides the release it says in lines of the same form.
/// Exit code 0 is success; a line <c>release=…</c> or <c>digest=…</c> on its output says what runs or was installed. At the deadline its process tree is killed.
/// </summary>
public sealed class ScriptHooks(string host, string folder, TimeProvider clock) : IHostHooks
{
    private static readonly TimeSpan HealthLimit = TimeSpan.FromSeconds(5);
    private readonly ProcFigures _figures = new();

    public Task<HookResult> DrainAsync(AgentOrder order, CancellationToken cancel) => RunAsync("drain", order, cancel);

    public Task<HookResult> InstallAsync(AgentOrder order, CancellationToken cancel) => RunAsync("install", order, cancel);

    public Task<HookResult> StartAsync(AgentOrder order, CancellationToken cancel) => RunAsync("start", order, cancel);

    public Task<HookResult> VerifyAsync(AgentOrder order, CancellationToken cancel) => RunAsync("verify", order, cancel);

    public Task<HookResult> RestoreAsync(AgentOrder order, CancellationToken cancel) => RunAsync("restore", order, cancel);

    public Task<HookResult> ReadOnlyOnAsync(AgentOrder order, CancellationToken cancel) => RunAsync("read-only", order, cancel, "on");

    public Task<HookResult> ReadOnlyOffAsync(AgentOrder order, CancellationToken cancel) => RunAsync("read-only", order, cancel, "off");

    public async Task<HostVitals> ReportAsync(CancellationToken cancel)
    {
        var (cpu, memory) = _figures.Read();
        var vitals = new HostVitals(host, clock.GetUtcNow(), null, null, cpu, memory);
        if (Find("health") is not { } script)
        {
            return vitals;
        }

        using var limit = new CancellationTokenSource(HealthLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        var ran = await ScriptRun.RunAsync(Prepare(script), clock, either.Token).ConfigureAwait(false);
        return vitals with { Healthy = ran.ExitCode == 0, Release = ran.Said("release"), Detail = ran.ExitCode == 0 ? null : ran.Tail };
    }

    private async Task<HookResult> RunAsync(string name, AgentOrder order, CancellationToken cancel, params string[] arguments)
    {
        if (Find(name) is not { } script)
        {
            return HookResult.Failed($"there is no script '{name}' in the hooks folder {folder}");
        }

        var start = Prepare(script);
        Array.ForEach(arguments, start.ArgumentList.Add);
        start.Environment["STEP"] = order.Step.ToString();
        start.Environment["RELEASE"] = order.Release ?? "";
        start.Environment["DIGEST"] = order.Digest ?? "";
        start.Environment["CHANGES"] = string.Join(' ', order.Changes.Select(change => $"{change.Kind}={change.Version}"));
        start.Environment["TOKEN"] = order.Token.ToString(CultureInfo.InvariantCulture);
        start.Environment["DEADLINE"] = order.Deadline.ToString("O", CultureInfo.InvariantCulture);
        var ran = await ScriptRun.RunAsync(start, clock, cancel).ConfigureAwait(false);
        return ran.ExitCode switch
        {
            0 => HookResult.Done(ran.Said("release"), ran.Said("digest")) with { Changes = Said(ran) },
            null => HookResult.Failed($"{name} was killed. {ran.Tail}"),
            _ => HookResult.Failed($"{name} ended with code {ran.ExitCode}. {ran.Tail}"),
        };
    }

    private static ImmutableArray<HostChange> Said(ScriptRun ran) =>
        [.. new[] { HostChangeKind.Firmware, HostChangeKind.OsPatch }.Select(kind => new HostChange(kind, ran.Said(kind.ToString()))).Where(change => change.Version is not null)];

    private string? Find(string name) => new[] { Path.Combine(folder, name), Path.Combine(folder, $"{name}.sh") }.FirstOrDefault(File.Exists);

    private ProcessStartInfo Prepare(string script)
    {
        var start = new ProcessStartInfo(Path.GetFullPath(script)) { WorkingDirectory = Path.GetFullPath(folder), RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOST"] = host;
        return start;
    }
}
