using System.Collections.Immutable;

namespace OpsConsole.Engine.Noodles.S3;

/// <summary>One request to a store. Key and query are decoded.</summary>
/// <param name="Bucket">Empty for the service itself.</param>
/// <param name="Key">Empty for the bucket itself.</param>
public sealed record S3Ask(string Method, string Bucket, string Key = "")
{
    public ImmutableArray<(string Name, string Value)> Query { get; init; } = [];

    public ImmutableArray<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Null for none.</summary>
    public byte[]? Body { get; init; }
}
