namespace OpsConsole.Engine.ProvingGround.Blobs;

internal static class Choices
{
    /// <summary>Every choice of so many; 126 of five of nine.</summary>
    public static IEnumerable<List<T>> Of<T>(IReadOnlyList<T> all, int many)
    {
        for (var chosen = 0u; chosen < 1u << all.Count; chosen++)
        {
            if (uint.PopCount(chosen) == many)
            {
                yield return [.. all.Where((_, at) => (chosen >> at & 1) == 1)];
            }
        }
    }
}
