namespace OpsConsole.Engine.Noodles.Steps;

/// <summary>Compares what came with what should have.</summary>
public static class Check
{
    /// <exception cref="WrongAnswerException">It does not hold.</exception>
    public static void That(bool holds, string wrong)
    {
        if (!holds)
        {
            throw new WrongAnswerException(wrong);
        }
    }

    public static void Same<T>(T wanted, T got, string what) => That(EqualityComparer<T>.Default.Equals(wanted, got), $"{what} should be {Say(wanted)} and is {Say(got)}.");

    public static void SameList(IEnumerable<string> wanted, IEnumerable<string> got, string what)
    {
        string[] one = [.. wanted], two = [.. got];
        That(one.SequenceEqual(two, StringComparer.Ordinal), $"{what} should be [{Say(one)}] and are [{Say(two)}].");
    }

    private static string Say(string[] list) => string.Join(", ", list.Take(20).Select(one => Say(one))) + (list.Length > 20 ? $", … ({list.Length} in all)" : "");

    private static string Say<T>(T value) => value is string text ? $"'{(text.Length > 200 ? text[..200] + "…" : text)}'" : value?.ToString() ?? "missing";
}
