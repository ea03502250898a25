namespace OpsConsole.Web.Api;

/// <summary>Long lists a page at a time: each page begins after the last item of the one before, so nothing is skipped or told twice when items are added.</summary>
internal static class Paged
{
    private const int Usual = 100;
    private const int Most = 500;

    /// <param name="all">In the order of the list; items never leave it.</param>
    /// <param name="name">What <paramref name="after"/> names.</param>
    /// <param name="wanted">Which to answer with.</param>
    /// <param name="answer">From the page and the name to send as <c>after</c> next; null on the last page.</param>
    public static IResult Answer<T>(IEnumerable<T> all, Func<T, string> name, Func<T, bool> wanted, int? take, string? after, Func<IReadOnlyList<T>, string?, object> answer)
    {
        var many = take ?? Usual;
        if (many is < 1 or > Most)
        {
            return Problems.Invalid("api.take", $"take is {many}.", $"Ask for 1 to {Most}, then for those after the last one with 'after'.");
        }

        var list = all.ToArray();
        var at = after is null ? -1 : Array.FindIndex(list, item => name(item) == after);
        if (after is not null && at < 0)
        {
            return Problems.Invalid("api.after", $"There is nothing named '{after}' in the list.", "Send the 'next' of the page before, or leave 'after' out.");
        }

        var page = list.Skip(at + 1).Where(wanted).Take(many + 1).ToArray();
        return Results.Ok(answer(page[..Math.Min(many, page.Length)], page.Length > many ? name(page[many - 1]) : null));
    }
}
