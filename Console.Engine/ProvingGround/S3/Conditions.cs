using System.Globalization;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.S3;

public enum ConditionOutcome
{
    Proceed,
    NotModified,
    Failed,
}

/// <summary>The conditional headers of a get or head, in HTTP's order: If-Match before If-Unmodified-Since, If-None-Match before If-Modified-Since.</summary>
public static class Conditions
{
    public static ConditionOutcome Judge(ObjectHeader found, string ifMatch, string ifNoneMatch, string ifModifiedSince, string ifUnmodifiedSince)
    {
        if (ifMatch.Length > 0 ? !Names(ifMatch, found.ETag) : Time(ifUnmodifiedSince) is { } latest && Seconds(found) > latest)
        {
            return ConditionOutcome.Failed;
        }

        return (ifNoneMatch.Length > 0 ? Names(ifNoneMatch, found.ETag) : Time(ifModifiedSince) is { } since && Seconds(found) <= since) ? ConditionOutcome.NotModified : ConditionOutcome.Proceed;
    }

    private static bool Names(string list, string etag) => list.Split(',', StringSplitOptions.TrimEntries).Any(one => one == "*" || one.Trim('"') == etag);

    /// <summary>HTTP's dates have no parts of seconds.</summary>
    private static DateTimeOffset Seconds(ObjectHeader found) => DateTimeOffset.FromUnixTimeSeconds(found.Modified.ToUnixTimeSeconds());

    private static DateTimeOffset? Time(string text) => DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
