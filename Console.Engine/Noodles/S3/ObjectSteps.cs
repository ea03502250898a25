using OpsConsole.Engine.Noodles.Steps;

namespace OpsConsole.Engine.Noodles.S3;

/// <summary>Objects: put, read, looked at, deleted. A table below a request holds its headers.</summary>
internal sealed class ObjectSteps : IStepLibrary
{
    public string Owner => "s3";

    public void Define(StepBook book)
    {
        book.Step("an object {string} with the text {string}", "Must succeed; its ETag is ${etag}.", call => GivenAsync(call, call.Text(0), S3Calls.Bytes(call.Text(1))));
        book.Step("an object {string} of {size}", "Must succeed; its ETag is ${etag}.", call => GivenAsync(call, call.Text(0), S3Calls.Bytes(call.Raw<int>(1))));
        book.Step("the objects:", "One of each key in the table's first column, with the key as its text.", async call =>
        {
            foreach (var key in call.Column)
            {
                await call.MustAsync(new("PUT", call.S3().Bucket, key) { Body = S3Calls.Bytes(key) }).ConfigureAwait(false);
            }
        });
        book.Step("{int} objects {string}", "Numbered from 001, after this beginning of their keys.", async call =>
        {
            for (var number = 1; number <= call.Number(0); number++)
            {
                await call.MustAsync(new("PUT", call.S3().Bucket, $"{call.Text(1)}{number:000}") { Body = S3Calls.Bytes("x") }).ConfigureAwait(false);
            }
        });
        book.Step("the text {string} is put as {string}", "PUT.", call => PutAsync(call, call.Text(1), S3Calls.Bytes(call.Text(0))));
        book.Step("the text {string} is put as a key of {int} bytes", "PUT; the key is so many letters.", call => PutAsync(call, new string('k', call.Number(1)), S3Calls.Bytes(call.Text(0))));
        book.Step("{size} are put as {string}", "PUT of so many bytes, always the same.", call => PutAsync(call, call.Text(1), S3Calls.Bytes(call.Raw<int>(0))));
        book.Step("the object {string} is read", "GET.", call => call.AskAsync(new("GET", call.S3().Bucket, call.Text(0)) { Headers = call.Pairs }));
        book.Step("the object {string} is read with the query:", "GET, with the table as query.", call => call.AskAsync(new("GET", call.S3().Bucket, call.Text(0)) { Query = call.Pairs }));
        book.Step("the object {string} is looked at", "HEAD.", call => call.AskAsync(new("HEAD", call.S3().Bucket, call.Text(0)) { Headers = call.Pairs }));
        book.Step("the object {string} is deleted", "DELETE.", call => call.AskAsync(new("DELETE", call.S3().Bucket, call.Text(0)) { Headers = call.Pairs }));
        book.Step("the object {string} is copied to {string}", "PUT with x-amz-copy-source, within the bucket.", call => CopyAsync(call, call.S3().Bucket));
        book.Step("the object {string} is copied to {string} in the second bucket", "PUT with x-amz-copy-source.", call => CopyAsync(call, call.World.Fill("${bucket2}")));
        book.Step("the objects are deleted together:", "POST ?delete of the keys in the table.", call => DeleteAsync(call, quiet: false));
        book.Step("the objects are deleted together and quietly:", "The same, so that only errors are told.", call => DeleteAsync(call, quiet: true));
        book.Step("the object {string} holds {string}", "GET must answer 200 with this text.", async call =>
        {
            var answer = await call.MustAsync(new("GET", call.S3().Bucket, call.Text(0))).ConfigureAwait(false);
            Check.Same(call.Text(1), answer.Text, $"The text of {call.Text(0)}");
        });
        book.Step("the object {string} holds {size}", "GET must answer 200 with just the bytes that were put.", async call =>
        {
            var answer = await call.MustAsync(new("GET", call.S3().Bucket, call.Text(0))).ConfigureAwait(false);
            Check.That(answer.Body.AsSpan().SequenceEqual(S3Calls.Bytes(call.Raw<int>(1))), $"{call.Text(0)} should hold the {call.Raw<int>(1)} bytes that were put, and holds {answer.Body.Length} others.");
        });
        book.Step("there is no object {string}", "HEAD must answer 404.", async call => Check.Same(404, (await call.AskAsync(new("HEAD", call.S3().Bucket, call.Text(0))).ConfigureAwait(false)).Status, $"The status of {call.Text(0)}"));
        book.Step("the ETag is the MD5 of {string}", "In hexadecimal digits, between quotes.", call => Check.Same($"\"{Digests.Md5Hex(S3Calls.Bytes(call.Text(0)))}\"", call.World.Answered.Header("ETag") ?? "", "The ETag"));
        book.Step("the body is bytes {int} to {int} of {size}", "Counted from 0, both ends included.", call =>
            Check.That(call.World.Answered.Body.AsSpan().SequenceEqual(S3Calls.Bytes(call.Raw<int>(2)).AsSpan()[call.Number(0)..(call.Number(1) + 1)]), $"The body should be bytes {call.Number(0)} to {call.Number(1)}, and is {call.World.Answered.Body.Length} others."));
    }

    private static async Task GivenAsync(StepCall call, string key, byte[] body)
    {
        var answer = await call.MustAsync(new("PUT", call.S3().Bucket, key) { Headers = call.Pairs, Body = body }).ConfigureAwait(false);
        call.World.Keep("etag", answer.Header("ETag") ?? throw new WrongAnswerException("A PUT should answer with an ETag."));
    }

    private static async Task PutAsync(StepCall call, string key, byte[] body)
    {
        // {md5}, {sha256} and so on in a header's value are the body's own.
        var headers = call.Pairs.Select(pair => (pair.Name, Digests.Fill(pair.Value, body)));
        await call.AskAsync(new("PUT", call.S3().Bucket, key) { Headers = [.. headers], Body = body }).ConfigureAwait(false);
    }

    private static async Task CopyAsync(StepCall call, string into) =>
        await call.AskAsync(new("PUT", into, call.Text(1)) { Headers = [("x-amz-copy-source", $"/{call.S3().Bucket}/{Domain.Noodles.Signing.PercentEncoding.Encode(call.Text(0), keepSlash: true)}"), .. call.Pairs] }).ConfigureAwait(false);

    private static async Task DeleteAsync(StepCall call, bool quiet)
    {
        var keys = call.Column.Select(key => new System.Xml.Linq.XElement("Object", new System.Xml.Linq.XElement("Key", key)));
        var body = S3Calls.Bytes(new System.Xml.Linq.XElement("Delete", new System.Xml.Linq.XElement("Quiet", quiet), keys).ToString());
        await call.AskAsync(new("POST", call.S3().Bucket) { Query = [("delete", "")], Headers = [("Content-MD5", Digests.Md5(body))], Body = body }).ConfigureAwait(false);
    }
}
