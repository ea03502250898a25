using System.Text.RegularExpressions;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Architecture;

/// <summary>The house's rules, read from the sources: which slice may use which, how pure the domain is, how large a file may be.</summary>
public sealed partial class LayeringTests
{
    /// <summary>The shared floor: any slice may use these.</summary>
    private static readonly string[] Floor = ["Journal", "Live", "Access"];

    /// <summary>What each slice may use besides the floor. A new dependency is a line here, on purpose; circles fail.</summary>
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Journal"] = [],
        ["Live"] = [],
        ["Access"] = [],
        ["Alarms"] = ["Fleet"],
        ["Fleet"] = [],
        ["Placement"] = [],
        ["Cord"] = ["Fleet"],
        ["Reservations"] = ["Fleet", "Cord", "Placement", "Durability"],
        ["Rollouts"] = ["Fleet", "Cord", "Alarms", "Reservations", "Noodles"],
        ["Durability"] = ["Alarms", "Placement"],
        ["FleetUpdate"] = ["Placement", "Alarms", "Fleet", "Cord", "Reservations", "Durability", "Rollouts"],
        ["Noodles"] = ["Alarms"],
        ["Canaries"] = ["Alarms", "Noodles", "Fleet"],
        ["ProvingGround"] = ["Fleet", "Rollouts", "Alarms", "Placement", "Durability", "Noodles", "Canaries"],
        ["Rehearsal"] = ["Fleet", "Rollouts", "Alarms", "Placement", "Durability", "Canaries"],
    };

    /// <summary>Where every slice meets: composition and the shell, which list all slices.</summary>
    private static readonly string[] Composition = ["Shell", "Kit", "Api", "Cli", "Overview", "Settings", "Bench"];

    /// <summary>What the web gives every slice: the ways to answer HTTP, to be a verb, and small shared parts of pages.</summary>
    private static readonly string[] Plumbing = ["Api", "Cli", "Kit"];

    [Fact]
    public void Slices_use_only_what_they_are_listed_with()
    {
        var breaches = Uses().Where(use => use.From != use.To && !Floor.Contains(use.To) && !Plumbing.Contains(use.To) && !Composition.Contains(use.From) && !MayUse.GetValueOrDefault(use.From, []).Contains(use.To))
            .Select(use => $"{use.File} uses {use.To}; {use.From} is not listed with it")
            .Distinct();
        Assert.Empty(breaches);
    }

    [Fact]
    public void No_slice_uses_itself_through_others()
    {
        foreach (var start in MayUse.Keys)
        {
            var reached = new HashSet<string>();
            var next = new Queue<string>(MayUse[start]);
            while (next.TryDequeue(out var slice))
            {
                Assert.NotEqual(start, slice);
                if (reached.Add(slice))
                {
                    MayUse.GetValueOrDefault(slice, []).ToList().ForEach(next.Enqueue);
                }
            }
        }
    }

    [Fact]
    public void The_domain_references_nothing_but_the_base_library()
    {
        var allowed = new[] { "System", "MathNet", "OpsConsole.Domain", "Microsoft.CodeAnalysis", "netstandard" };
        var odd = typeof(Domain.Journal.IEvent).Assembly.GetReferencedAssemblies().Select(name => name.Name!).Where(name => !allowed.Any(name.StartsWith));
        Assert.Empty(odd);
        Assert.Empty(Sources("Console.Domain").Where(file => ImpureDomain().IsMatch(file.Text)).Select(file => file.Path));
    }

    [Fact]
    public void No_page_talks_to_a_store()
    {
        Assert.Empty(Sources("Console.Web", ".razor").Where(file => file.Text.Contains("DbContext", StringComparison.Ordinal) || file.Text.Contains("IJournal", StringComparison.Ordinal)).Select(file => file.Path));
    }

    [Fact]
    public void Files_are_small_and_file_scoped()
    {
        var sources = Sources("Console.Domain").Concat(Sources("Console.Engine")).Concat(Sources("Console.Web")).Concat(Sources("Console.Tests")).ToArray();
        Assert.Empty(sources.Where(file => file.Lines > 400).Select(file => $"{file.Path}: {file.Lines} lines"));
        Assert.Empty(Sources("Console.Web", ".razor").Where(file => file.Lines > 150).Select(file => $"{file.Path}: {file.Lines} lines"));
        var sorted = sources.Select(file => file.Lines).Order().ToArray();
        Assert.True(sorted[sorted.Length / 2] <= 60, $"the median file has {sorted[sorted.Length / 2]} lines");
    }

    [Fact]
    public void Paths_of_a_machine_and_hosts_of_package_sources_are_nowhere()
    {
        var odd = Repository.Files().Where(path => !path.EndsWith("LayeringTests.cs", StringComparison.Ordinal)).Where(path => MachineTraces().IsMatch(File.ReadAllText(Repository.At(path))));
        Assert.Empty(odd);
    }

    private static IEnumerable<(string From, string To, string File)> Uses() =>
        from project in new[] { "Console.Domain", "Console.Engine", "Console.Web" }
        from file in Sources(project).Concat(Sources(project, ".razor"))
        let slice = file.Path.Split('/') is { Length: > 2 } parts ? parts[1] : null
        where slice is not null
        from Match use in SliceUse().Matches(file.Text)
        select (slice, use.Groups[1].Value, file.Path);

    private static IEnumerable<(string Path, string Text, int Lines)> Sources(string project, string ending = ".cs") =>
        Repository.Files().Where(path => path.StartsWith(project + "/", StringComparison.Ordinal) && path.EndsWith(ending, StringComparison.Ordinal))
            .Select(path => (path, Text: File.ReadAllText(Repository.At(path))))
            .Select(file => (file.path, file.Text, file.Text.AsSpan().Count('\n')));

    [GeneratedRegex(@"(?:using|@using) OpsConsole\.(?:Domain|Engine|Web)\.(\w+)")]
    private static partial Regex SliceUse();

    [GeneratedRegex(@"System\.IO|TimeProvider|\bTask\b|async |HttpClient|Microsoft\.")]
    private static partial Regex ImpureDomain();

    [GeneratedRegex(@"/(work|farm)/[a-z]|https?://[a-z.]*(nuget|npmjs|debian)\.")]
    private static partial Regex MachineTraces();
}
