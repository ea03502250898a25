using System.Globalization;
using System.Xml;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Front;

/// <summary>Lists the uploads of a bucket, and the parts of an upload.</summary>
internal sealed class UploadListings(FrontParts parts)
{
    public async Task UploadsAsync(Admitted request)
    {
        var call = request.Call;
        var take = Most(call, "max-uploads");
        var query = new UploadQuery(call.Bucket, call.Parameter("prefix") ?? "", call.Parameter("delimiter") ?? "", call.Parameter("key-marker") ?? "", call.Parameter("upload-id-marker") ?? "", take);
        var page = await parts.Index.UploadsAsync(query, request.Gone).ConfigureAwait(false) ?? throw new S3Exception(S3Error.NoSuchBucket);
        await request.Request.AnswerXmlAsync(S3Xml.Write("ListMultipartUploadsResult", xml =>
        {
            xml.Text("Bucket", call.Bucket);
            xml.Text("KeyMarker", ListingXml.Name(call, query.AfterKey));
            xml.Text("UploadIdMarker", query.AfterId);
            if (page.More && !page.Uploads.IsEmpty)
            {
                xml.Text("NextKeyMarker", ListingXml.Name(call, page.Uploads[^1].Template.Key));
                xml.Text("NextUploadIdMarker", page.Uploads[^1].Id);
            }

            xml.Text("Prefix", ListingXml.Name(call, query.Prefix));
            xml.Optional("Delimiter", query.Delimiter.Length > 0 ? ListingXml.Name(call, query.Delimiter) : null);
            xml.Optional("EncodingType", call.Parameter("encoding-type") is { Length: > 0 } ? "url" : null);
            xml.Text("MaxUploads", take);
            xml.Text("IsTruncated", page.More ? "true" : "false");
            foreach (var upload in page.Uploads)
            {
                xml.Inside("Upload", () =>
                {
                    xml.Text("Key", ListingXml.Name(call, upload.Template.Key));
                    xml.Text("UploadId", upload.Id);
                    People(xml, upload.Template.Owner);
                    xml.Text("StorageClass", "STANDARD");
                    xml.Time("Initiated", upload.Begun);
                });
            }

            ListingXml.Prefixes(xml, call, page.CommonPrefixes);
        })).ConfigureAwait(false);
    }

    public Task PartsAsync(Admitted request)
    {
        var (call, upload) = (request.Call, request.It.Upload!);
        var take = Most(call, "max-parts");
        var after = call.Parameter("part-number-marker") is { Length: > 0 } marker ? int.Parse(marker, CultureInfo.InvariantCulture) : 0;
        var rest = upload.Parts.Values.Where(part => part.Number > after).ToList();
        var given = rest.Take(take).ToList();
        return request.Request.AnswerXmlAsync(S3Xml.Write("ListPartsResult", xml =>
        {
            xml.Text("Bucket", call.Bucket);
            xml.Text("Key", ListingXml.Name(call, call.Key));
            xml.Text("UploadId", upload.Id);
            People(xml, upload.Template.Owner);
            xml.Text("StorageClass", "STANDARD");
            xml.Text("PartNumberMarker", after);
            xml.Text("NextPartNumberMarker", given.Count > 0 ? given[^1].Number : 0);
            xml.Text("MaxParts", take);
            xml.Text("IsTruncated", rest.Count > given.Count ? "true" : "false");
            xml.Optional("ChecksumAlgorithm", upload.Template.Checksum?.Algorithm);
            foreach (var part in given)
            {
                xml.Inside("Part", () =>
                {
                    xml.Text("PartNumber", part.Number);
                    xml.Time("LastModified", part.Modified);
                    xml.Text("ETag", ETag.Quoted(part.ETag));
                    xml.Text("Size", part.Size);
                    if (upload.Template.Checksum is not null && part.Checksum is { } checksum)
                    {
                        xml.Text(ObjectHeaders.ElementOf(checksum.Algorithm), checksum.Value);
                    }
                });
            }
        }));
    }

    private static void People(XmlWriter xml, string account)
    {
        foreach (var role in (string[])["Initiator", "Owner"])
        {
            xml.Inside(role, () =>
            {
                xml.Text("ID", account);
                xml.Text("DisplayName", account);
            });
        }
    }

    private static int Most(S3Call call, string name) => call.Parameter(name) is { Length: > 0 } stated ? Math.Min(S3Limits.MaxKeys, int.Parse(stated, CultureInfo.InvariantCulture)) : S3Limits.MaxKeys;
}
