using System.Text;

namespace OpsConsole.Domain.Noodles.Signing;

/// <summary>Percent-encoding as signatures want it (RFC 3986): all but letters, digits, - . _ ~ is encoded, in capitals.</summary>
public static class PercentEncoding
{
    /// <param name="keepSlash">For paths.</param>
    public static string Encode(string text, bool keepSlash = false)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var one in Encoding.UTF8.GetBytes(text))
        {
            if (one is (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~' || (keepSlash && one == (byte)'/'))
            {
                encoded.Append((char)one);
            }
            else
            {
                encoded.Append('%').Append("0123456789ABCDEF"[one >> 4]).Append("0123456789ABCDEF"[one & 15]);
            }
        }

        return encoded.ToString();
    }
}
