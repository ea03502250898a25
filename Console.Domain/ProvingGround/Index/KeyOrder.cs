namespace OpsConsole.Domain.ProvingGround.Index;

/// <summary>S3's order of keys: by UTF-8 bytes. UTF-16 agrees except between surrogates and U+E000 to U+FFFF, which are swapped here.</summary>
public sealed class KeyOrder : IComparer<string>
{
    public static KeyOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var shorter = Math.Min(x!.Length, y!.Length);
        for (var i = 0; i < shorter; i++)
        {
            if (x[i] != y[i])
            {
                return Rank(x[i]).CompareTo(Rank(y[i]));
            }
        }

        return x.Length.CompareTo(y.Length);
    }

    private static int Rank(char one) =>
        one switch
        {
            < '\uD800' => one,
            <= '\uDFFF' => one + 0x2000,
            _ => one - 0x800,
        };
}
