using System.Buffers.Text;
using System.Text;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Web;

/// <summary>Where a listing goes on: the last key, in a form nobody has to escape.</summary>
internal static class ContinuationToken
{
    public static string Encode(string last) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(last));

    public static string Decode(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
        }
        catch (FormatException)
        {
            throw new S3Exception(S3Error.InvalidArgument("The continuation token provided is incorrect."));
        }
    }
}
