using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Canaries;

/// <summary>What a canary must keep to.</summary>
public static class CanaryRules
{
    public const int MostSteps = 50;
    public const int MostRegions = 200;
    public const int LongestName = 64;
    private const int LongestText = 300;
    private static readonly TimeSpan ShortestLimit = TimeSpan.FromMilliseconds(50);

    public static Rejection? Check(Canary canary) =>
        Why(canary) is { } why ? new Rejection(RejectionKind.Invalid, "canaries.invalid", $"The canary {Short(canary.Name)} was not put.", why.Why, why.Do).With("field", why.Field) : null;

    /// <summary>Lower-case letters, digits and hyphens, 1 to <see cref="LongestName"/>.</summary>
    public static bool IsName(string? name) => name is { Length: > 0 and <= LongestName } && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    internal static string Short(string? text) => text is null ? "" : text.Length > LongestName ? text[..LongestName] + "…" : text;

    private static (string Field, string Why, string Do)? Why(Canary canary) =>
        !IsName(canary.Name) ? ("name", "Its name is not one a canary can have.", "Use 1 to 64 lower-case letters, digits and hyphens.")
        : !IsName(canary.Service) ? ("service", "Its service is not named.", "Name the service in lower-case letters, digits and hyphens.")
        : canary.About is null || canary.About.Length > LongestText ? ("about", "What it is for is too long.", $"Say it in {LongestText} characters.")
        : canary.Schedule is null ? ("schedule", "It has no schedule.", "Give a period.")
        : canary.Schedule.Period < CanarySchedule.Shortest || canary.Schedule.Period > CanarySchedule.Longest ? ("period", $"Its period is {canary.Schedule.Period}.", "Give 10 seconds to 1 hour.")
        : !(canary.Schedule.Jitter is >= 0 and <= CanarySchedule.MostJitter) ? ("jitter", $"Its jitter is {canary.Schedule.Jitter}.", "Give 0 to 0.2 of the period.")
        : canary.Vantages.IsDefaultOrEmpty || canary.Vantages.Distinct().Count() != canary.Vantages.Length || canary.Vantages.Any(vantage => !Enum.IsDefined(vantage)) ? ("vantages", "It looks from nowhere, or twice from one place.", "Name each of outside, inside and validator at most once.")
        : canary.Regions.IsDefault || canary.Regions.Length > MostRegions || canary.Regions.Any(region => !IsName(region)) ? ("regions", "Its regions are too many, or one is no name.", $"Name up to {MostRegions} regions, or none for all.")
        : Limits(canary) ?? Retry(canary.Retry) ?? Work(canary);

    private static (string, string, string)? Limits(Canary canary) =>
        canary.Limits is not { } limits ? ("limits", "It has no limits.", "Give them, or leave them out for the usual ones.")
        : limits.Step < ShortestLimit || limits.Step > limits.Whole ? ("limits.step", $"A step may take {limits.Step}, and all of it {limits.Whole}.", "Give a step 50 ms at least, and no more than the whole.")
        : limits.Whole > canary.Schedule.Period ? ("limits.whole", $"A turn may take {limits.Whole}, and the next comes after {canary.Schedule.Period}.", "Give it the period at most.")
        : limits.Slow <= TimeSpan.Zero || limits.Slow > limits.Step ? ("limits.slow", $"Slow begins at {limits.Slow}, and a step ends at {limits.Step}.", "Give more than nothing, and no more than a step's limit.")
        : null;

    private static (string, string, string)? Retry(RetryPolicy? retry) =>
        retry is null || !Enum.IsDefined(retry.Kind) ? ("retry", "Its retry policy is none that is known.", "Use None, Fixed, Linear or Exponential.")
        : retry.Retries is < 0 or > RetryPolicy.MostRetries ? ("retry.retries", $"It tries again {retry.Retries} times.", $"Give 0 to {RetryPolicy.MostRetries}.")
        : retry.Wait < TimeSpan.Zero || retry.Cap < TimeSpan.Zero || retry.Wait > CanarySchedule.Longest || retry.Cap > CanarySchedule.Longest ? ("retry.wait", "Its waits are negative or longer than an hour.", "Give waits from 0 to 1 hour.")
        : null;

    private static (string, string, string)? Work(Canary canary) =>
        canary.Steps.IsDefault || (canary.Steps.IsEmpty ? 0 : 1) + (canary.Script is null ? 0 : 1) + (canary.Noodles is null ? 0 : 1) != 1 ? ("steps", "It has not exactly one thing to do.", "Give steps, or a script, or a selection of Noodles.")
        : canary.Script is { } script && !IsName(script) ? ("script", "Its script is no name.", "Name one of the scripts there are.")
        : canary.Noodles is { } selection && (string.IsNullOrWhiteSpace(selection) || selection.Length > LongestText) ? ("noodles", "Its selection is empty or too long.", $"Give a tag expression of up to {LongestText} characters.")
        : canary.Steps.Length > MostSteps ? ("steps", $"It has {canary.Steps.Length} steps.", $"Give {MostSteps} at most.")
        : canary.Steps.Select(step => step.Name).Distinct().Count() != canary.Steps.Length ? ("steps", "Two steps have one name.", "Name each differently: metrics are kept by step.")
        : canary.Steps.Select(StepRules.Why).FirstOrDefault(why => why is not null);
}
