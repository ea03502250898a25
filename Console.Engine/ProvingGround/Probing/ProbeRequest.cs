using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Probing;

/// <summary>One request of the probe and what a customer must get.</summary>
/// <param name="Expectation">Its name, the same for every such request.</param>
/// <param name="Wrong">What is wrong with an answer, as <c>expected …, got …</c>; null where nothing is.</param>
internal sealed record ProbeRequest(string Expectation, string Method, string Path, Func<S3Answer, string?> Wrong)
{
    /// <summary>What is particular to this one, appended to the expectation in words.</summary>
    public string About { get; init; } = "";

    /// <summary>The host to ask in the place of the one that is watched; null for that one. What it answers only prepares what follows.</summary>
    public string? At { get; init; }

    public byte[]? Body { get; init; }

    public (string Name, string Value)[] Headers { get; init; } = [];

    public (string Name, string Value)[] Query { get; init; } = [];
}
