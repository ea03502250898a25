namespace OpsConsole.Domain.ProvingGround.Coding;

/// <summary>A small matrix over <see cref="GaloisField"/>.</summary>
public sealed class GaloisMatrix(int rows, int columns)
{
    private readonly byte[] _cells = new byte[rows * columns];

    public int Rows => rows;

    public int Columns => columns;

    public byte this[int row, int column]
    {
        get => _cells[(row * columns) + column];
        set => _cells[(row * columns) + column] = value;
    }

    public ReadOnlySpan<byte> Row(int row) => _cells.AsSpan(row * columns, columns);

    /// <summary>Row r holds the powers 0, 1, 2, … of r. Any <paramref name="columns"/> of its rows are independent as long as there are at most 256.</summary>
    public static GaloisMatrix Vandermonde(int rows, int columns)
    {
        var matrix = new GaloisMatrix(rows, columns);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                matrix[row, column] = GaloisField.Power((byte)row, column);
            }
        }

        return matrix;
    }

    public GaloisMatrix Pick(ReadOnlySpan<int> picked)
    {
        var matrix = new GaloisMatrix(picked.Length, columns);
        for (var row = 0; row < picked.Length; row++)
        {
            Row(picked[row]).CopyTo(matrix._cells.AsSpan(row * columns, columns));
        }

        return matrix;
    }

    public GaloisMatrix Times(GaloisMatrix other)
    {
        var product = new GaloisMatrix(rows, other.Columns);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < other.Columns; column++)
            {
                for (var inner = 0; inner < columns; inner++)
                {
                    product[row, column] ^= GaloisField.Multiply(this[row, inner], other[inner, column]);
                }
            }
        }

        return product;
    }

    /// <summary>By Gauss and Jordan; throws where the matrix has no inverse.</summary>
    public GaloisMatrix Invert()
    {
        var left = Pick([.. Enumerable.Range(0, rows)]);
        var right = new GaloisMatrix(rows, rows);
        for (var row = 0; row < rows; row++)
        {
            right[row, row] = 1;
        }

        for (var pivot = 0; pivot < rows; pivot++)
        {
            var best = pivot;
            while (best < rows && left[best, pivot] == 0)
            {
                best++;
            }

            if (best == rows)
            {
                throw new InvalidOperationException("the matrix has no inverse");
            }

            (left, right) = (left.Swap(pivot, best), right.Swap(pivot, best));
            var scale = GaloisField.Invert(left[pivot, pivot]);
            left.Scale(pivot, scale);
            right.Scale(pivot, scale);
            for (var row = 0; row < rows; row++)
            {
                if (row != pivot && left[row, pivot] is var factor and not 0)
                {
                    left.Subtract(row, pivot, factor);
                    right.Subtract(row, pivot, factor);
                }
            }
        }

        return right;
    }

    private GaloisMatrix Swap(int a, int b)
    {
        for (var column = 0; a != b && column < columns; column++)
        {
            (this[a, column], this[b, column]) = (this[b, column], this[a, column]);
        }

        return this;
    }

    private void Scale(int row, byte factor)
    {
        for (var column = 0; column < columns; column++)
        {
            this[row, column] = GaloisField.Multiply(this[row, column], factor);
        }
    }

    private void Subtract(int from, int row, byte factor)
    {
        for (var column = 0; column < columns; column++)
        {
            this[from, column] ^= GaloisField.Multiply(this[row, column], factor);
        }
    }
}
