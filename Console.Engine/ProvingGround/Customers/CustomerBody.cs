namespace OpsConsole.Engine.ProvingGround.Customers;

/// <summary>What customers store: pieces of the same text and pieces of noise, by the share the profile says.</summary>
internal static class CustomerBody
{
    private const int Piece = 512;

    /// <param name="compressible">Share that is text, 0 to 1.</param>
    public static byte[] Make(int size, int seed, double compressible)
    {
        var random = new Random(seed);
        var body = new byte[size];
        random.NextBytes(body);
        for (var from = 0; from < size; from += Piece)
        {
            if (random.NextDouble() < compressible)
            {
                Write(body.AsSpan(from, Math.Min(Piece, size - from)));
            }
        }

        return body;
    }

    private static void Write(Span<byte> piece)
    {
        for (var text = "the customer's own words, again and again; "u8; piece.Length > 0; piece = piece[Math.Min(text.Length, piece.Length)..])
        {
            text[..Math.Min(text.Length, piece.Length)].CopyTo(piece);
        }
    }
}
