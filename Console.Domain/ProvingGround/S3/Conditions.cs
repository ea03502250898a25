using System.Globalization;

namespace OpsConsole.Domain.ProvingGround.S3;

public enum ConditionOutcome
{
    Proceed,
    NotModified,
    Failed,
}

/// <summary>The four conditional headers of a read, or of a copy's source; empty where a header is not there.</summary>
public sealed record Conditions(string IfMatch, string IfNoneMatch, string IfModifiedSince, string IfUnmodifiedSince)
{
    public static Conditions OfRead(S3Call call) => new(call.Header("If-Match"), call.Header("If-None-Match"), call.Header("If-Modified-Since"), call.Header("If-Unmodified-Since"));

    public static Conditions OfSource(S3Call call) =>
        new(call.Header("x-amz-copy-source-if-match"), call.Header("x-amz-copy-source-if-none-match"), call.Header("x-amz-copy-source-if-modified-since"), call.Header("x-amz-copy-source-if-unmodified-since"));

    /// <summary>In HTTP's order: If-Match before If-Unmodified-Since, If-None-Match before If-Modified-Since.</summary>
    public ConditionOutcome Judge(string etag, DateTimeOffset modified)
    {
        // HTTP's dates have no parts of seconds.
        var seconds = DateTimeOffset.FromUnixTimeSeconds(modified.ToUnixTimeSeconds());
        if (IfMatch.Length > 0 ? !Names(IfMatch, etag) : Time(IfUnmodifiedSince) is { } latest && seconds > latest)
        {
            return ConditionOutcome.Failed;
        }

        return (IfNoneMatch.Length > 0 ? Names(IfNoneMatch, etag) : Time(IfModifiedSince) is { } since && seconds <= since) ? ConditionOutcome.NotModified : ConditionOutcome.Proceed;
    }

    private static bool Names(string list, string etag) => list.Split(',', StringSplitOptions.TrimEntries).Any(one => one == "*" || one.Trim('"') == etag);

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time) ? time : null;
}
