using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Index;

/// <summary>Objects of a bucket in the order of their keys' UTF-8 bytes.</summary>
/// <param name="After">Keys up to and with this one are left out; empty begins at the first.</param>
/// <param name="Delimiter">Keys that share what stands before its first occurrence after the prefix are given as one common prefix; empty for none.</param>
/// <param name="Take">0 to 1,000: keys and common prefixes together.</param>
public sealed record ListQuery(string Bucket, string Prefix, string Delimiter, string After, int Take);

/// <param name="Next">What <see cref="ListQuery.After"/> must be to go on; null at the end.</param>
public sealed record ListPage(ImmutableArray<ObjectEntry> Objects, ImmutableArray<string> CommonPrefixes, string? Next);

/// <summary>Uploads of a bucket, by key and then id.</summary>
public sealed record UploadQuery(string Bucket, string Prefix, string Delimiter, string AfterKey, string AfterId, int Take);

public sealed record UploadPage(ImmutableArray<Upload> Uploads, ImmutableArray<string> CommonPrefixes, bool More);
