namespace OpsConsole.Domain.ProvingGround.Coding;

/// <summary>Arithmetic on bytes in GF(2^8) with x^8 + x^4 + x^3 + x^2 + 1 (0x11D), generator 2: the field storage codes commonly use.</summary>
public static class GaloisField
{
    private const int Polynomial = 0x11D;
    private const int Order = 255;

    private static readonly byte[] Exponential = MakeExponential();
    private static readonly byte[] Logarithm = MakeLogarithm();

    public static byte Multiply(byte a, byte b) => a == 0 || b == 0 ? (byte)0 : Exponential[(Logarithm[a] + Logarithm[b]) % Order];

    public static byte Invert(byte a) => a == 0 ? throw new DivideByZeroException() : Exponential[(Order - Logarithm[a]) % Order];

    /// <summary>0 to the power of 0 is 1.</summary>
    public static byte Power(byte a, int exponent) =>
        exponent == 0 ? (byte)1 : a == 0 ? (byte)0 : Exponential[(int)((long)Logarithm[a] * exponent % Order)];

    private static byte[] MakeExponential()
    {
        var table = new byte[Order];
        var value = 1;
        for (var power = 0; power < Order; power++)
        {
            table[power] = (byte)value;
            value <<= 1;
            value = value > byte.MaxValue ? value ^ Polynomial : value;
        }

        return table;
    }

    private static byte[] MakeLogarithm()
    {
        var table = new byte[Order + 1];
        for (var power = 0; power < Order; power++)
        {
            table[Exponential[power]] = (byte)power;
        }

        return table;
    }
}
