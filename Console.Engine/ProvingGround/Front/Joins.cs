using System.Globalization;
using System.Xml.Linq;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.Checksums;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Front;

/// <summary>Makes an object of an upload's parts.</summary>
internal sealed class Joins(FrontParts parts)
{
    public async Task CompleteAsync(Admitted request)
    {
        var (call, upload) = (request.Call, request.It.Upload!);
        var listed = Listed(request.Body.Content);
        var joined = listed.Select(one => Find(upload, one)).ToArray();
        var size = joined.Sum(part => part.Size);
        if (size > S3Limits.MaxJoined)
        {
            throw new S3Exception(S3Error.EntityTooLarge);
        }

        if (call.Header("x-amz-mp-object-size") is { Length: > 0 } stated && stated != size.ToString(CultureInfo.InvariantCulture))
        {
            throw new S3Exception(S3Error.InvalidRequest("The provided x-amz-mp-object-size does not match the size of the object."));
        }

        var checksum = ChecksumOf(upload, joined);
        if (checksum is not null && call.Header(ChecksumAsked.Prefix + checksum.Algorithm.ToLowerInvariant()) is { Length: > 0 } expected && expected != checksum.Value && expected != checksum.Value.Split('-')[0] && parts.Behaviour.Honours(checksum.Algorithm))
        {
            throw new S3Exception(S3Error.BadDigestOf(checksum.Algorithm));
        }

        var etag = ETagOf(joined);
        await parts.ApplyAsync(new CompleteUpload(call.Bucket, call.Key, upload.Id, [.. joined.Select(part => new PartToJoin(part.Number, part.ETag))], etag, checksum, request.Condition), request.Gone).ConfigureAwait(false);
        ObjectHeaders.Encrypted(request.Request.Response, upload.Template.Encryption);
        await request.Request.AnswerXmlAsync(S3Xml.Write("CompleteMultipartUploadResult", xml =>
        {
            xml.Text("Location", $"http://{call.Header("Host")}/{call.Bucket}/{UriEncoding.Encode(call.Key, keepSlash: true)}");
            xml.Text("Bucket", call.Bucket);
            xml.Text("Key", call.Key);
            xml.Text("ETag", ETag.Quoted(etag));
            if (checksum is not null)
            {
                xml.Text(ObjectHeaders.ElementOf(checksum.Algorithm), checksum.Value);
                xml.Text("ChecksumType", ObjectHeaders.TypeOf(checksum));
            }
        })).ConfigureAwait(false);
    }

    private static List<XElement> Listed(byte[] document)
    {
        var listed = XmlIn.Children(XmlIn.Read(document, "CompleteMultipartUpload"), "Part").ToList();
        if (listed.Count is 0 or > S3Limits.MaxParts)
        {
            throw new S3Exception(S3Error.MalformedXml("1 to 10,000 parts are joined."));
        }

        var numbers = listed.Select(one => XmlIn.Number(one, "PartNumber", 1, S3Limits.MaxParts)).ToList();
        return numbers.Zip(numbers.Skip(1)).All(pair => pair.First < pair.Second) ? listed : throw new S3Exception(S3Error.InvalidPartOrder);
    }

    private static UploadPart Find(Upload upload, XElement listed)
    {
        var etag = XmlIn.Text(listed, "ETag").Trim('"');
        if (!upload.Parts.TryGetValue((int)XmlIn.Number(listed, "PartNumber", 1, S3Limits.MaxParts), out var part) || part.ETag != etag)
        {
            throw new S3Exception(S3Error.InvalidPart);
        }

        return part.Checksum is { } kept && XmlIn.Child(listed, ObjectHeaders.ElementOf(kept.Algorithm)) is { } stated && stated.Value != kept.Value ? throw new S3Exception(S3Error.InvalidPart) : part;
    }

    private static ObjectChecksum? ChecksumOf(Upload upload, UploadPart[] joined)
    {
        var wanted = upload.Template.Checksum ?? new ObjectChecksum("CRC64NVME", "");
        if (joined.Any(part => part.Checksum?.Algorithm != wanted.Algorithm))
        {
            return null;
        }

        if (!wanted.Composite)
        {
            return wanted with { Value = CrcJoin.Of(wanted.Algorithm, joined.Select(part => (part.Checksum!.Value, part.Size))) };
        }

        using var running = new RunningChecksum(wanted.Algorithm);
        foreach (var part in joined)
        {
            running.Append(Convert.FromBase64String(part.Checksum!.Value));
        }

        return wanted with { Value = $"{running.Value()}-{joined.Length}" };
    }

    private static string ETagOf(UploadPart[] joined) => ETag.Joined([.. joined.Select(part => part.ETag)]);
}
