namespace OpsConsole.Domain.Canaries;

/// <summary>What one step must keep to.</summary>
internal static class StepRules
{
    private const int MostHeaders = 30;
    private const int LongestPath = 2_000;
    private const int LongestValue = 2_000;
    private const int LongestBody = 16 * 1024;

    private static readonly string[] Methods = ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"];

    public static (string Field, string Why, string Do)? Why(HttpStep step) =>
        step is null || !CanaryRules.IsName(step.Name) ? ("steps.name", "A step's name is not one it can have.", "Use 1 to 64 lower-case letters, digits and hyphens.")
        : !Methods.Contains(step.Method) ? ("steps.method", $"The step {step.Name} has no method that is known.", $"Use {string.Join(", ", Methods)}.")
        : step.Path is not { Length: > 0 and <= LongestPath } || step.Path[0] != '/' || step.Path.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) ? ("steps.path", $"The path of {step.Name} is not one.", "Begin with '/', without spaces, 2,000 characters at most.")
        : !step.Headers.IsDefault && step.Headers.FirstOrDefault(header => header is not null && Runs.Secrets.IsSecret(header.Name)) is { } secret ? ("steps.headers", $"{step.Name} would keep what is in {secret.Name} in the journal.", "Leave credentials out: the way to a target signs requests by itself.")
        : !AreHeaders(step.Headers) ? ("steps.headers", $"The headers of {step.Name} are not in order.", $"Give {MostHeaders} at most, each a name and a value of one line.")
        : step.Body is { Length: > LongestBody } || !Bytes(step.Body) ? ("steps.body", $"The body of {step.Name} is too long.", "Give 16 KB, or {bytes:N} with N up to 1,048,576.")
        : step.Expect is not { } expect || expect.Status.IsDefault || expect.Status.Any(status => status is < 100 or > 599) ? ("steps.expect.status", $"{step.Name} expects a status there is not.", "Give 100 to 599.")
        : !AreHeaders(expect.Headers) || expect.Body is { Length: > LongestBody } || !Bytes(expect.Body) || expect.Contains is { Length: > LongestValue } ? ("steps.expect", $"What {step.Name} expects is too long or not in order.", "Give headers of one line, and bodies as they may be sent.")
        : null;

    private static bool AreHeaders(System.Collections.Immutable.ImmutableArray<NamedValue> headers) =>
        !headers.IsDefault && headers.Length <= MostHeaders
        && headers.All(header => header is { Name.Length: > 0 and <= 100, Value.Length: <= LongestValue } && header.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && !header.Value.Any(char.IsControl));

    private static bool Bytes(string? body) => body is null || !StepText.IsBytes(body) || StepText.BytesAsked(body) is not null;
}
