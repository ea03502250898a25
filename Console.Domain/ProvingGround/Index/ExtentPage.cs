using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Index;

/// <param name="Next">Where the next page goes on; null at the end.</param>
public sealed record ExtentPage(ImmutableArray<Extent> Extents, Guid? Next);
