namespace OpsConsole.Tests.ProvingGround.Front;

[Trait("Category", "Integration")]
public sealed class ObjectTests : FrontTests
{
    [Theory]
    [InlineData("/bucket/a key/with ~ spaces+plus/ünïcode/%2F%")]
    [InlineData("/bucket/../../etc/passwd")]
    [InlineData("/bucket/./a//b/")]
    [InlineData("/bucket//")]
    public async Task Every_key_is_itself_and_no_path(string path)
    {
        Is(200, await Host.SendAsync("PUT", path, "content"));
        Assert.Equal("content", Text(Is(200, await Host.SendAsync("GET", path))));
        Is(204, await Host.SendAsync("DELETE", path));
        Is(404, await Host.SendAsync("GET", path), "NoSuchKey");
    }

    [Fact]
    public async Task Headers_metadata_and_tags_come_back_as_they_were_given()
    {
        Is(200, await Host.SendAsync("PUT", "/bucket/k", "body", [("Content-Type", "text/x"), ("Cache-Control", "no-store"), ("Content-Encoding", "aws-chunked,gzip"), ("x-amz-meta-Who", "me"), ("x-amz-tagging", "a=1&b=2%20c")]));
        var head = Is(200, await Host.SendAsync("HEAD", "/bucket/k"));
        Assert.Equal(("text/x", "no-store", "gzip", "me", "2", "4"), (head.Header("Content-Type"), head.Header("Cache-Control"), head.Header("Content-Encoding"), head.Header("x-amz-meta-who"), head.Header("x-amz-tagging-count"), head.Header("Content-Length")));
        Assert.Contains("<Key>b</Key><Value>2 c</Value>", Text(Is(200, await Host.SendAsync("GET", "/bucket/k", query: [("tagging", "")]))), StringComparison.Ordinal);
        Is(400, await Host.SendAsync("GET", "/bucket/k", query: [("response-content-type", "a\r\nb: c")]), "InvalidArgument");
        Is(200, await Host.SendAsync("PUT", "/bucket/k", "<Tagging><TagSet><Tag><Key>z</Key><Value>9</Value></Tag></TagSet></Tagging>", query: [("tagging", "")]));
        Assert.Contains("<Key>z</Key>", Text(await Host.SendAsync("GET", "/bucket/k", query: [("tagging", "")])), StringComparison.Ordinal);
        Is(204, await Host.SendAsync("DELETE", "/bucket/k", query: [("tagging", "")]));
        Assert.DoesNotContain("<Tag>", Text(await Host.SendAsync("GET", "/bucket/k", query: [("tagging", "")])), StringComparison.Ordinal);
        Assert.Equal("text/other", (await Host.SendAsync("GET", "/bucket/k", query: [("response-content-type", "text/other")])).Header("Content-Type"));
    }

    [Fact]
    public async Task What_is_too_large_or_wrong_in_a_put_is_refused_by_name()
    {
        Is(400, await Host.SendAsync("PUT", "/bucket/k", "", [("x-amz-meta-a", new string('x', 2048))]), "MetadataTooLarge");
        Is(400, await Host.SendAsync("PUT", "/bucket/" + new string('k', 1025)), "KeyTooLongError");
        Is(400, await Host.SendAsync("PUT", "/bucket/k", "", [("x-amz-tagging", string.Join('&', Enumerable.Range(0, 11).Select(i => $"k{i}=v")))]), "InvalidTag");
        Is(400, await Host.SendAsync("PUT", "/bucket/k", "", [("x-amz-tagging", "a=1&a=2")]), "InvalidTag");
        Is(400, await Host.SendAsync("PUT", "/bucket/k", "", [("x-amz-storage-class", "WARM")]), "InvalidStorageClass");
        Is(400, await Host.SendAsync("PUT", "/bucket/k", "", [("x-amz-acl", "everyone")]), "InvalidArgument");
        Is(501, await Host.SendAsync("PUT", "/bucket/k", "", [("x-amz-object-lock-mode", "COMPLIANCE")]), "NotImplemented");
        Is(405, await Host.SendAsync("PATCH", "/bucket/k"), "MethodNotAllowed");
        Is(501, await Host.SendAsync("GET", "/bucket", query: [("versioning", "")]), "NotImplemented");
        Is(404, await Host.SendAsync("PUT", "/nowhere/k", "x"), "NoSuchBucket");
        Is(400, await Host.SendAsync("PUT", "/No_Bucket", ""), "InvalidBucketName");
    }

    [Fact]
    public async Task A_range_a_suffix_and_a_range_outside()
    {
        await Host.SendAsync("PUT", "/bucket/k", "0123456789");
        var middle = Is(206, await Host.SendAsync("GET", "/bucket/k", headers: [("Range", "bytes=2-4")]));
        Assert.Equal(("234", "bytes 2-4/10"), (Text(middle), middle.Header("Content-Range")));
        Assert.Equal("89", Text(Is(206, await Host.SendAsync("GET", "/bucket/k", headers: [("Range", "bytes=-2")]))));
        Assert.Equal("bytes */10", Is(416, await Host.SendAsync("GET", "/bucket/k", headers: [("Range", "bytes=10-")]), "InvalidRange").Header("Content-Range"));
        Is(200, await Host.SendAsync("GET", "/bucket/k", headers: [("Range", "lines=1-2")]));
        Is(206, await Host.SendAsync("GET", "/bucket/k", query: [("partNumber", "1")]));
        Is(400, await Host.SendAsync("GET", "/bucket/k", query: [("partNumber", "2")]), "InvalidPart");
    }

    [Fact]
    public async Task Copies_take_or_replace_what_belongs_to_the_object()
    {
        await Host.SendAsync("PUT", "/bucket/from a", "content", [("x-amz-meta-a", "1"), ("x-amz-tagging", "t=1")]);
        var copied = Is(200, await Host.SendAsync("PUT", "/bucket/to", "", [("x-amz-copy-source", "/bucket/from%20a")]));
        Assert.Equal("\"9a0364b9e99bb480dd25e1f0284c8555\"", Element(copied, "ETag"));
        var head = await Host.SendAsync("GET", "/bucket/to");
        Assert.Equal(("content", "1", "1"), (Text(head), head.Header("x-amz-meta-a"), head.Header("x-amz-tagging-count")));
        Is(200, await Host.SendAsync("PUT", "/bucket/to", "", [("x-amz-copy-source", "bucket/to"), ("x-amz-metadata-directive", "REPLACE"), ("x-amz-meta-b", "2")]));
        Assert.Equal(("", "2"), ((await Host.SendAsync("HEAD", "/bucket/to")).Header("x-amz-meta-a"), (await Host.SendAsync("HEAD", "/bucket/to")).Header("x-amz-meta-b")));
        Is(400, await Host.SendAsync("PUT", "/bucket/to", "", [("x-amz-copy-source", "bucket/to")]), "InvalidRequest");
        Is(404, await Host.SendAsync("PUT", "/bucket/to", "", [("x-amz-copy-source", "bucket/none")]), "NoSuchKey");
        Is(404, await Host.SendAsync("PUT", "/bucket/to", "", [("x-amz-copy-source", "nowhere/k")]), "NoSuchBucket");
        Is(400, await Host.SendAsync("PUT", "/bucket/to", "", [("x-amz-copy-source", "bucket")]), "InvalidArgument");
        Is(403, await Host.SendAsync("PUT", "/bucket/to", "", [("x-amz-copy-source", "bucket/from%20a")], key: Host.Accounts.Neighbour), "AccessDenied");
    }

    [Fact]
    public async Task Many_keys_are_deleted_at_once_and_each_is_answered()
    {
        await Host.SendAsync("PUT", "/bucket/a", "1");
        var keys = "<Delete><Object><Key>a</Key></Object><Object><Key>none</Key></Object><Object><Key>a</Key><VersionId>v</VersionId></Object></Delete>";
        var md5 = Convert.ToBase64String(Md5.Of(System.Text.Encoding.UTF8.GetBytes(keys)));
        var answer = Text(Is(200, await Host.SendAsync("POST", "/bucket", keys, [("Content-MD5", md5)], [("delete", "")])));
        Assert.Contains("<Deleted><Key>a</Key></Deleted><Deleted><Key>none</Key></Deleted><Error><Key>a</Key><Code>NotImplemented</Code>", answer, StringComparison.Ordinal);
        Is(404, await Host.SendAsync("GET", "/bucket/a"), "NoSuchKey");
        Is(400, await Host.SendAsync("POST", "/bucket", keys, query: [("delete", "")]), "InvalidRequest");
        Is(400, await Host.SendAsync("POST", "/bucket", keys, [("Content-MD5", Convert.ToBase64String(new byte[16]))], [("delete", "")]), "BadDigest");
        var many = $"<Delete>{string.Concat(Enumerable.Range(0, 1001).Select(i => $"<Object><Key>{i}</Key></Object>"))}</Delete>";
        Is(400, await Host.SendAsync("POST", "/bucket", many, [("x-amz-checksum-crc32", Engine.ProvingGround.Checksums.RunningChecksum.Of("CRC32", System.Text.Encoding.UTF8.GetBytes(many)))], [("delete", "")]), "MalformedXML");
    }
}
