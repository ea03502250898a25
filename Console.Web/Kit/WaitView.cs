namespace OpsConsole.Web.Kit;

/// <summary>A wait that explains itself (law 11).</summary>
/// <param name="Title">The thing that waits, and for what, in one sentence.</param>
/// <param name="What">What holds it, with the facts.</param>
/// <param name="Until">When it ends at the latest; null where only <paramref name="UntilWords"/> says.</param>
/// <param name="UntilWords">What ends it.</param>
/// <param name="Who">Who can end it.</param>
/// <param name="Then">What happens then.</param>
public sealed record WaitView(string Title, string What, DateTimeOffset Since, DateTimeOffset? Until, string? UntilWords, string Who, string Then, StateKind Kind = StateKind.Warn, string? Href = null);
