using OpsConsole.Tests.Scenarios.Killed;

namespace OpsConsole.Tests;

/// <summary>The test host loads this assembly and never calls this; tests that kill a real engine start it as a process of its own.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args) => args is ["engine", ..] ? await EngineProcess.RunAsync(args[1], long.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture), args[3] == "bad") : 2;
}
