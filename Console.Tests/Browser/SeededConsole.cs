using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Fleet;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Browser;

/// <summary>A console with a small simulated fleet whose hosts never answer, so that what is seen stays as it is.</summary>
internal static class SeededConsole
{
    /// <param name="perAz">Hosts in each AZ of eight regions.</param>
    public static async Task<RunningConsole> StartAsync(int perAz = 12)
    {
        var console = new RunningConsole { Services = services => services.AddSingleton<IHostDriver, SilentDriver>() };
        await console.InitializeAsync();
        await SmallFleet.PlaceAsync(console.Commands, perAz);
        return console;
    }

    private sealed class SilentDriver : IHostDriver
    {
        public HostDriver Kind => HostDriver.Simulated;

        public void Send(HostCommand command)
        {
        }
    }
}
