using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Web;

internal static class ListingXml
{
    public static byte[] Write(S3Request request, ListingQuery query, Listing listing, string? token)
    {
        var encoded = request.Parameter("encoding-type") == "url";
        string Name(string text) => encoded ? UriEncoding.Encode(text, keepSlash: true) : text;
        return S3Xml.Write("ListBucketResult", xml =>
        {
            xml.Text("Name", query.Bucket);
            xml.Text("Prefix", Name(query.Prefix));
            xml.Text("KeyCount", listing.Objects.Length + listing.CommonPrefixes.Length);
            xml.Text("MaxKeys", query.Take);
            xml.Text("IsTruncated", listing.Next is null ? "false" : "true");
            Optional("Delimiter", query.Delimiter.Length > 0 ? Name(query.Delimiter) : null);
            Optional("EncodingType", encoded ? "url" : null);
            Optional("StartAfter", request.Parameter("start-after") is { } after ? Name(after) : null);
            Optional("ContinuationToken", token);
            Optional("NextContinuationToken", listing.Next is { } next ? ContinuationToken.Encode(next) : null);
            foreach (var found in listing.Objects)
            {
                xml.Inside("Contents", () =>
                {
                    xml.Text("Key", Name(found.Key));
                    xml.Time("LastModified", found.Modified);
                    xml.Text("ETag", $"\"{found.ETag}\"");
                    xml.Text("Size", found.Size);
                    xml.Text("StorageClass", "STANDARD");
                });
            }

            foreach (var common in listing.CommonPrefixes)
            {
                xml.Inside("CommonPrefixes", () => xml.Text("Prefix", Name(common)));
            }

            void Optional(string name, string? value)
            {
                if (value is not null)
                {
                    xml.Text(name, value);
                }
            }
        });
    }
}
