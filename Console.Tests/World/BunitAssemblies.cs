using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace OpsConsole.Tests.World;

/// <summary>bUnit was built against a later AngleSharp.Diffing than the one referenced; this answers with the one that is there.</summary>
internal static class BunitAssemblies
{
    [ModuleInitializer]
    internal static void Answer() =>
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            name.Name == "AngleSharp.Diffing" ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "AngleSharp.Diffing.dll")) : null;
}
