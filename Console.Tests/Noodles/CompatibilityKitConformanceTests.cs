using System.Text.Json;
using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Engine.Noodles.Reading;
using OpsConsole.Engine.Noodles.Reports;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Noodles;

/// <summary>
/// Cucumber's own compatibility kit, as it is published: its features with steps of our own for its sentences. Our messages must count what the kit's count:
/// scenarios, cases, hooks, attachments, and steps by status over all attempts.
/// </summary>
[Trait("Category", "Conformance")]
public sealed class CompatibilityKitConformanceTests
{
    private static string Kits => Repository.At("Console.Web/Npm/node_modules/@cucumber/compatibility-kit/features");

    public static IEnumerable<object[]> Folders() => Fixture.Read("testing_cucumber_compat_kit_facts.json").GetProperty("features").EnumerateObject().Select(folder => new object[] { folder.Name, folder.Value.GetRawText() });

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Counts_what_the_kit_counts(string name, string raw)
    {
        var folder = Path.Combine(Kits, name);
        Assert.True(Directory.Exists(folder), $"{folder} is missing: run npm ci in Console.Web/Npm.");
        Assert.True(Kit.Knows(folder), $"There are no steps for the kit's {name}.");
        var shelf = new FeatureShelf(folder);
        Assert.Empty(shelf.Now.Faults);
        using var bench = new NoodleBench(shelf, [new Kit(folder)]);
        var arguments = Directory.EnumerateFiles(folder, "*.arguments.txt").Select(File.ReadAllText).FirstOrDefault("");
        // --error asks a runner to break by itself; ours is asked for what it must refuse.
        var options = new NoodleRunOptions(arguments.Contains("--error", StringComparison.Ordinal) ? 0 : 1, arguments.Contains("--retry 2", StringComparison.Ordinal) ? 2 : 0) { Reverse = arguments.Contains("--order reverse", StringComparison.Ordinal) };
        var run = await bench.Runner.RunAsync(new NoodleSelection(), NoodleBench.Nowhere, options, CancellationToken.None);
        using var written = new MemoryStream();
        await MessageWriter.WriteAsync(run, shelf.Now, bench.Library, written, CancellationToken.None);
        var messages = System.Text.Encoding.UTF8.GetString(written.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToArray();
        foreach (var facts in JsonSerializer.Deserialize<JsonElement>(raw).EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Object))
        {
            Assert.Equal(Normal(facts.Value), Normal(Counted(messages)));
        }
    }

    private static JsonElement Counted(JsonElement[] messages)
    {
        int Count(string kind) => messages.Count(message => message.TryGetProperty(kind, out _));
        var statuses = messages.Where(message => message.TryGetProperty("testStepFinished", out _)).GroupBy(message => message.GetProperty("testStepFinished").GetProperty("testStepResult").GetProperty("status").GetString()!).ToDictionary(group => group.Key, group => group.Count());
        return JsonSerializer.SerializeToElement(new
        {
            pickles = Count("pickle"), testCases = Count("testCase"), hooks = Count("hook"), attachments = Count("attachment"), stepStatuses = statuses,
            success = messages.Single(message => message.TryGetProperty("testRunFinished", out _)).GetProperty("testRunFinished").GetProperty("success").GetBoolean(),
        });
    }

    private static string Normal(JsonElement facts) =>
        string.Join('\n', facts.EnumerateObject().Select(fact => fact.Value.ValueKind == JsonValueKind.Object ? $"{fact.Name}: {string.Join(", ", fact.Value.EnumerateObject().Select(one => $"{one.Name} {one.Value}").Order(StringComparer.Ordinal))}" : $"{fact.Name}: {fact.Value}").Order(StringComparer.Ordinal));
}
