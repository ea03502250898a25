using OpsConsole.Web.Rollouts.Editor;

namespace OpsConsole.Tests.Rollouts.Editor;

public sealed class TextDifferenceTests
{
    [Fact]
    public void Taking_out_what_goes_and_putting_in_what_comes_makes_the_one_text_of_the_other()
    {
        for (var seed = 1; seed <= 500; seed++)
        {
            var random = new Random(seed);
            var (before, after) = (Text(random), Text(random));

            var changes = TextDifference.Between(string.Join('\n', before), string.Join('\n', after));

            var kept = before.Where((_, i) => !changes.Any(change => !change.Added && change.Number == i + 1)).ToList();
            foreach (var change in changes.Where(change => change.Added))
            {
                kept.Insert(change.Number - 1, change.Text);
            }

            Assert.True(after.SequenceEqual(kept), $"seed {seed}: {string.Join('|', before)} to {string.Join('|', after)}");
            Assert.True(changes.Count <= before.Length + after.Length && (changes.Count == 0) == before.SequenceEqual(after), $"seed {seed}");
        }
    }

    [Fact]
    public void One_changed_line_is_one_that_goes_and_one_that_comes()
    {
        var changes = TextDifference.Between("a\nb\nc", "a\nB\nc");

        Assert.Equal([new ChangedLine(2, false, "b"), new ChangedLine(2, true, "B")], changes);
    }

    private static string[] Text(Random random) => [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => ((char)('a' + random.Next(4))).ToString())];
}
