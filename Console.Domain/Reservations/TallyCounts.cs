namespace OpsConsole.Domain.Reservations;

/// <summary>Counts by place, immutable, in blocks of 16 that versions share: a change copies the blocks it touches and the list of them.</summary>
internal sealed class TallyCounts
{
    private const int InBlock = 16;
    private static readonly int[] Zeros = new int[InBlock];

    private readonly int[][] _blocks;

    private TallyCounts(int[][] blocks) => _blocks = blocks;

    public static TallyCounts None { get; } = new([]);

    /// <summary>0 for a place beyond those counted.</summary>
    public int this[int place] => place / InBlock is var block && block < _blocks.Length ? _blocks[block][place % InBlock] : 0;

    public Builder ToBuilder() => new(_blocks);

    internal sealed class Builder
    {
        private readonly int[][] _shared;
        private int[][] _blocks;

        internal Builder(int[][] shared) => _blocks = _shared = shared;

        public void Add(int place, int by)
        {
            var block = place / InBlock;
            if (ReferenceEquals(_blocks, _shared) || block >= _blocks.Length)
            {
                var blocks = new int[Math.Max(block + 1, _blocks.Length)][];
                _blocks.CopyTo(blocks, 0);
                Array.Fill(blocks, Zeros, _blocks.Length, blocks.Length - _blocks.Length);
                _blocks = blocks;
            }

            if (ReferenceEquals(_blocks[block], block < _shared.Length ? _shared[block] : Zeros))
            {
                _blocks[block] = [.. _blocks[block]];
            }

            _blocks[block][place % InBlock] += by;
        }

        public TallyCounts ToCounts() => new(_blocks);
    }
}
