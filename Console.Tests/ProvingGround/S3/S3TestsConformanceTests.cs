using System.Text.RegularExpressions;
using OpsConsole.Tests.ProvingGround.Front;
using Xunit.Abstractions;

namespace OpsConsole.Tests.ProvingGround.S3;

/// <summary>
/// ceph's s3-tests as facts: each row's asserted answers. A row of something served, whose name tells what it does, is played, and every asserted answer must have come.
/// A row whose name does not tell must at least ask for answers this front can give. The rest is listed by rule. Counts are printed; none is expected.
/// </summary>
[Trait("Category", "Conformance")]
public sealed class S3TestsConformanceTests(ITestOutputHelper output)
{
    private static readonly HashSet<int> GoodStatuses = [100, 200, 204, 206, 304];

    [Fact]
    public async Task Every_row_holds_or_is_listed_by_rule()
    {
        await using var host = await FrontHost.StartAsync();
        var mine = new S3ErrorStatus().All;
        var (played, pairs, wrong, why) = (new List<string>(), new List<string>(), new List<string>(), new Dictionary<string, int>());
        var silent = 0;
        foreach (var row in Expectation.All())
        {
            if (ServedRules.WhyNot(row) is { } reason)
            {
                why[reason] = why.GetValueOrDefault(reason) + 1;
                continue;
            }

            if (row.Expects.Length == 0)
            {
                silent++;
                continue;
            }

            foreach (var (status, code) in row.Expects.Where(one => one.Code.Length > 0 ? mine.GetValueOrDefault(one.Code) != one.Status : !GoodStatuses.Contains(one.Status) && !mine.ContainsValue(one.Status)))
            {
                wrong.Add($"{row.Test}: {status} {code} is no answer of this front");
            }

            if (Scenarios.All.FirstOrDefault(one => Regex.IsMatch(row.Test, one.Pattern)).Play is not { } play)
            {
                pairs.Add(row.Test);
                continue;
            }

            played.Add(row.Test);
            var stage = await Stage.MakeAsync(host, played.Count);
            await play(stage);
            wrong.AddRange(row.Expects.Where(one => !stage.Seen.Any(seen => seen.Status == one.Status && (one.Code.Length == 0 || seen.Code == one.Code)))
                .Select(one => $"{row.Test}: expected {one.Status} {one.Code}, saw {string.Join(", ", stage.Seen)}"));
        }

        output.WriteLine($"{played.Count} rows played, {pairs.Count} only known to ask for answers there are ({string.Join(", ", pairs)}), {silent} that assert no answer");
        foreach (var (reason, rows) in why)
        {
            output.WriteLine($"{rows} not served: {reason}");
        }

        Assert.NotEmpty(played);
        Assert.Empty(wrong);
    }
}
