using System.Text;
using System.Xml;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Front;

/// <summary>Listings as S3 writes them.</summary>
internal static class ListingXml
{
    public static byte[] First(S3Call call, ListQuery query, ListPage page, string marker) =>
        S3Xml.Write("ListBucketResult", xml =>
        {
            Head(xml, call, query, page);
            xml.Text("Marker", Name(call, marker));
            if (page.Next is not null && query.Delimiter.Length > 0)
            {
                xml.Text("NextMarker", Name(call, LastOf(page)));
            }

            Found(xml, call, page, owner: query.Bucket.Length > 0);
        });

    public static byte[] Second(S3Call call, ListQuery query, ListPage page, string? token, string? next, string owner) =>
        S3Xml.Write("ListBucketResult", xml =>
        {
            Head(xml, call, query, page);
            xml.Text("KeyCount", page.Objects.Length + page.CommonPrefixes.Length);
            xml.Optional("StartAfter", call.Parameter("start-after") is { } after ? Name(call, after) : null);
            xml.Optional("ContinuationToken", token);
            xml.Optional("NextContinuationToken", next);
            Found(xml, call, page, owner: call.Parameter("fetch-owner") == "true" && owner.Length > 0);
        });

    public static void Optional(this XmlWriter xml, string name, string? value)
    {
        if (value is not null)
        {
            xml.Text(name, value);
        }
    }

    public static string Name(S3Call call, string text) => call.Parameter("encoding-type") == "url" ? UriEncoding.Encode(text, keepSlash: true) : text;

    public static void Prefixes(XmlWriter xml, S3Call call, IEnumerable<string> prefixes)
    {
        foreach (var common in prefixes)
        {
            xml.Inside("CommonPrefixes", () => xml.Text("Prefix", Name(call, common)));
        }
    }

    private static void Head(XmlWriter xml, S3Call call, ListQuery query, ListPage page)
    {
        xml.Text("Name", query.Bucket);
        xml.Text("Prefix", Name(call, query.Prefix));
        xml.Text("MaxKeys", query.Take);
        xml.Text("IsTruncated", page.Next is null ? "false" : "true");
        xml.Optional("Delimiter", query.Delimiter.Length > 0 ? Name(call, query.Delimiter) : null);
        xml.Optional("EncodingType", call.Parameter("encoding-type") is { Length: > 0 } ? "url" : null);
    }

    private static void Found(XmlWriter xml, S3Call call, ListPage page, bool owner)
    {
        foreach (var found in page.Objects)
        {
            xml.Inside("Contents", () =>
            {
                xml.Text("Key", Name(call, found.Key));
                xml.Time("LastModified", found.Modified);
                xml.Text("ETag", ETag.Quoted(found.ETag));
                xml.Optional("ChecksumAlgorithm", found.Checksum?.Algorithm);
                xml.Optional("ChecksumType", found.Checksum is { } checksum ? ObjectHeaders.TypeOf(checksum) : null);
                xml.Text("Size", found.Size);
                if (owner)
                {
                    xml.Inside("Owner", () =>
                    {
                        xml.Text("ID", found.Owner);
                        xml.Text("DisplayName", found.Owner);
                    });
                }

                xml.Text("StorageClass", "STANDARD");
            });
        }

        Prefixes(xml, call, page.CommonPrefixes);
    }

    private static string LastOf(ListPage page)
    {
        var (key, common) = (page.Objects.IsEmpty ? "" : page.Objects[^1].Key, page.CommonPrefixes.IsEmpty ? "" : page.CommonPrefixes[^1]);
        return Encoding.UTF8.GetBytes(key).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(common)) > 0 ? key : common;
    }
}
