using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.S3;

/// <summary>An object's tags: at most 10, keys of 1 to 128 characters, each once, values of up to 256.</summary>
public static class Tags
{
    public const string Header = "x-amz-tagging";

    private const string Signs = "_.:/=+-@";

    /// <summary>What is wrong with them; null where nothing is.</summary>
    public static S3Error? Wrong(IReadOnlyCollection<(string Key, string Value)> tags) =>
        tags.Count > S3Limits.MaxTags ? S3Error.InvalidTag("An object has at most 10 tags.")
        : tags.Any(tag => tag.Key.Length is < 1 or > S3Limits.MaxTagKey || !tag.Key.All(Fits)) ? S3Error.InvalidTag("The TagKey you have provided is invalid.")
        : tags.Any(tag => tag.Value.Length > S3Limits.MaxTagValue || !tag.Value.All(Fits)) ? S3Error.InvalidTag("The TagValue you have provided is invalid.")
        : tags.DistinctBy(tag => tag.Key).Count() < tags.Count ? S3Error.InvalidTag("Cannot provide multiple tags with the same key.")
        : null;

    /// <summary>From the form <c>a=b&amp;c=d</c>.</summary>
    public static ImmutableArray<(string Key, string Value)> Parse(string header) => [.. UriEncoding.Query(header.Replace('+', ' '))];

    public static ImmutableSortedDictionary<string, string> Of(IEnumerable<(string Key, string Value)> tags) =>
        tags.ToImmutableSortedDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal);

    private static bool Fits(char letter) => char.IsLetterOrDigit(letter) || char.IsSurrogate(letter) || letter == ' ' || Signs.Contains(letter, StringComparison.Ordinal);
}
