using System.Globalization;
using System.Xml.Linq;
using OpsConsole.Engine.Noodles.Steps;

namespace OpsConsole.Engine.Noodles.S3;

/// <summary>Uploads in parts.</summary>
internal sealed class MultipartSteps : IStepLibrary
{
    public string Owner => "s3";

    public void Define(StepBook book)
    {
        book.Step("an upload of {string} in parts", "Begins it; the table below holds headers. Its id is ${upload}.", async call =>
        {
            var answer = await call.MustAsync(new("POST", call.S3().Bucket, call.Text(0)) { Query = [("uploads", "")], Headers = call.Pairs }).ConfigureAwait(false);
            (call.S3().UploadKey, call.S3().UploadId) = (call.Text(0), answer.Xml().All("UploadId").FirstOrDefault() ?? throw new WrongAnswerException("There should be an UploadId."));
            call.World.Keep("upload", call.S3().UploadId);
        });
        book.Step("part {int} of {size}", "Must succeed.", async call => Keep(call, (await PartAsync(call, call.Number(0), S3Calls.Bytes(call.Raw<int>(1))).ConfigureAwait(false)).Status));
        book.Step("part {int} with the text {string}", "Must succeed.", async call => Keep(call, (await PartAsync(call, call.Number(0), S3Calls.Bytes(call.Text(1))).ConfigureAwait(false)).Status));
        book.Step("part {int} is sent with the text {string}", "Whatever becomes of it.", async call => await PartAsync(call, call.Number(0), S3Calls.Bytes(call.Text(1))).ConfigureAwait(false));
        book.Step("part {int} is copied from bytes {int} to {int} of {string}", "PUT of a part with x-amz-copy-source-range.", async call =>
        {
            var s3 = call.S3();
            var answer = await call.AskAsync(new("PUT", s3.Bucket, s3.UploadKey) { Query = PartQuery(s3, call.Number(0)), Headers = [("x-amz-copy-source", $"/{s3.Bucket}/{call.Text(3)}"), ("x-amz-copy-source-range", $"bytes={call.Number(1)}-{call.Number(2)}")] }).ConfigureAwait(false);
            Check.Same(200, answer.Status, "The status of the copied part");
            s3.Parts[call.Number(0)] = answer.Xml().All("ETag").FirstOrDefault() ?? throw new WrongAnswerException("There should be an ETag.");
        });
        book.Step("the upload is completed", "With all parts that were sent, in order.", call => CompleteAsync(call, call.S3().Parts.Select(part => (part.Key, part.Value))));
        book.Step("the upload is completed with the parts:", "By number, in the order of the table.", call => CompleteAsync(call, call.Column.Select(text => int.Parse(text, CultureInfo.InvariantCulture)).Select(number => (number, call.S3().Parts.GetValueOrDefault(number, "\"00000000000000000000000000000000\"")))));
        book.Step("the upload is aborted", "DELETE of the upload.", call => call.AskAsync(new("DELETE", call.S3().Bucket, call.S3().UploadKey) { Query = [("uploadId", call.S3().UploadId)] }));
        book.Step("the parts are listed", "GET of the upload; the table below is more of the query.", call => call.AskAsync(new("GET", call.S3().Bucket, call.S3().UploadKey) { Query = [("uploadId", call.S3().UploadId), .. call.Pairs] }));
        book.Step("the uploads are listed", "GET ?uploads of the bucket; the table below is more of the query.", call => call.AskAsync(new("GET", call.S3().Bucket) { Query = [("uploads", ""), .. call.Pairs] }));
        book.Step("the object {string} holds the parts:", "The sizes in the table, one after another; a part that was sent as text is that text.", async call =>
        {
            var answer = await call.MustAsync(new("GET", call.S3().Bucket, call.Text(0))).ConfigureAwait(false);
            var wanted = call.Column.SelectMany(one => int.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? S3Calls.Bytes(size) : S3Calls.Bytes(one)).ToArray();
            Check.That(answer.Body.AsSpan().SequenceEqual(wanted), $"The object should hold the {wanted.Length} bytes of its parts and holds {answer.Body.Length} others.");
        });
    }

    private static System.Collections.Immutable.ImmutableArray<(string, string)> PartQuery(S3World s3, int number) => [("partNumber", number.ToString(CultureInfo.InvariantCulture)), ("uploadId", s3.UploadId)];

    private static Task<Http.Answer> PartAsync(StepCall call, int number, byte[] body) =>
        call.AskAsync(new("PUT", call.S3().Bucket, call.S3().UploadKey) { Query = PartQuery(call.S3(), number), Headers = call.Pairs, Body = body });

    private static void Keep(StepCall call, int status)
    {
        Check.Same(200, status, $"The status of part {call.Number(0)}");
        call.S3().Parts[call.Number(0)] = call.World.Answered.Header("ETag") ?? throw new WrongAnswerException("A part should answer with an ETag.");
    }

    private static Task<Http.Answer> CompleteAsync(StepCall call, IEnumerable<(int Number, string ETag)> parts)
    {
        var xml = new XElement("CompleteMultipartUpload", parts.Select(part => new XElement("Part", new XElement("PartNumber", part.Number), new XElement("ETag", part.ETag))));
        return call.AskAsync(new("POST", call.S3().Bucket, call.S3().UploadKey) { Query = [("uploadId", call.S3().UploadId)], Body = S3Calls.Bytes(xml.ToString()) });
    }
}
