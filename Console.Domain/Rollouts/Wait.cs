namespace OpsConsole.Domain.Rollouts;

/// <summary>What something waits for, in the words a page shows (law 11).</summary>
/// <param name="What">What it waits for.</param>
/// <param name="Until">When the wait ends at the latest: every wait is finite.</param>
/// <param name="Who">Who can end it: hosts, evidence, an operator.</param>
/// <param name="Then">What happens when it ends by itself, or when <paramref name="Until"/> passes.</param>
public sealed record Wait(string What, DateTimeOffset Since, DateTimeOffset Until, string Who, string Then);
