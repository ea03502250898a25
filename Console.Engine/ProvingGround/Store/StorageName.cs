using System.Buffers.Text;
using System.Text;

namespace OpsConsole.Engine.ProvingGround.Store;

/// <summary>How bucket and key travel to a storage host: in a header, base64url, since keys hold any character.</summary>
internal static class StorageName
{
    public const string Header = "x-ground-object";

    public const string Version = "x-ground-version";

    public static string Encode(string bucket, string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{bucket}\0{key}"));

    public static (string Bucket, string Key) Decode(string text)
    {
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('\0', 2);
        return (parts[0], parts[1]);
    }
}
