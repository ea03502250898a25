using System.Collections.Immutable;

namespace OpsConsole.Engine.ProvingGround.Store;

/// <summary>One object as an index lists it; deleted ones are listed too, for the merge.</summary>
public sealed record IndexEntry(string Key, long Version, long Size, string ETag, DateTimeOffset Modified, bool Deleted);

/// <summary>Part of one storage host's index, in key order.</summary>
/// <param name="More">Whether the host has more entries after the last one.</param>
public sealed record IndexPage(ImmutableArray<IndexEntry> Entries, bool More);
