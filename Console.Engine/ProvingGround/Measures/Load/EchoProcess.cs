using System.ComponentModel;
using System.Diagnostics;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Supervision;

namespace OpsConsole.Engine.ProvingGround.Measures.Load;

/// <summary>The plain Kestrel in a process of its own, started as a host of the ground is; ends with this one.</summary>
internal sealed class EchoProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;

    private EchoProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<EchoProcess> StartAsync(string program, Func<int, string[]> arguments, string folder, TimeProvider clock, CancellationToken cancel)
    {
        var port = GroundPlanner.FreePort();
        var start = HostLauncher.Command(program, folder, arguments(port));
        start.RedirectStandardInput = true;
        var echo = new EchoProcess(Process.Start(start) ?? throw new Win32Exception("no process was started"), new Uri($"http://127.0.0.1:{port}"));
        using var http = GroundHttp.Make();
        for (var began = clock.GetTimestamp(); ;)
        {
            try
            {
                await http.GetByteArrayAsync(new Uri(echo.Address, "/echo/1"), cancel).ConfigureAwait(false);
                return echo;
            }
            catch (HttpRequestException) when (clock.GetElapsedTime(began) < Limit && !echo._process.HasExited)
            {
                await Task.Delay(Between, clock, cancel).ConfigureAwait(false);
            }
        }
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit(Limit);
        _process.Dispose();
    }
}
