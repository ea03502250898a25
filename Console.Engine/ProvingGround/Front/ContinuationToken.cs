using System.Buffers.Text;
using System.Text;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Front;

/// <summary>Where a listing goes on: the last key, and which life of which host wrote the token (for support; any host goes on from any token), in a form nobody has to escape.</summary>
internal static class ContinuationToken
{
    public static string Write(string writer, string last) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{writer}\n{last}"));

    public static (string Writer, string Last) Read(string token)
    {
        try
        {
            var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
            var end = text.IndexOf('\n', StringComparison.Ordinal);
            if (end >= 0 && S3Names.WrongKey(text[(end + 1)..]) is null)
            {
                return (text[..end], text[(end + 1)..]);
            }
        }
        catch (FormatException)
        {
            // Said below.
        }

        throw new S3Exception(S3Error.InvalidArgument("The continuation token provided is incorrect."));
    }
}
