using System.Reflection;

namespace OpsConsole.Web.Api;

/// <summary>Which build this is.</summary>
public static class ConsoleVersion
{
    public static string Text { get; } = typeof(ConsoleVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static string Runtime { get; } = System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription;
}
