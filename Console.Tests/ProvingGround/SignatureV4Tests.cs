using OpsConsole.Domain.ProvingGround.S3;

namespace OpsConsole.Tests.ProvingGround;

/// <summary>The examples of the S3 API reference, "Signature calculations in AWS Signature Version 4", with its example key.</summary>
public sealed class SignatureV4Tests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string At = "20130524T000000Z";
    private const string Scope = "20130524/us-east-1/s3/aws4_request";
    private const string Host = "examplebucket.s3.amazonaws.com";

    [Fact]
    public void Get_object_with_a_range_is_signed_as_published() =>
        Assert.Equal("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41", Sign("GET", "/test.txt", [], [("host", Host), ("range", "bytes=0-9"), ("x-amz-content-sha256", SignatureV4.EmptySha256), ("x-amz-date", At)], SignatureV4.EmptySha256));

    [Fact]
    public void Put_object_is_signed_as_published()
    {
        const string payload = "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072";
        Assert.Equal(
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
            Sign("PUT", "/test$file.text", [], [("date", "Fri, 24 May 2013 00:00:00 GMT"), ("host", Host), ("x-amz-content-sha256", payload), ("x-amz-date", At), ("x-amz-storage-class", "REDUCED_REDUNDANCY")], payload));
    }

    [Fact]
    public void A_listing_is_signed_as_published() =>
        Assert.Equal("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7", Sign("GET", "/", [("prefix", "J"), ("max-keys", "2")], [("host", Host), ("x-amz-content-sha256", SignatureV4.EmptySha256), ("x-amz-date", At)], SignatureV4.EmptySha256));

    [Fact]
    public void A_streamed_upload_is_signed_chunk_by_chunk_as_published()
    {
        const string payload = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
        var seed = Sign(
            "PUT",
            "/examplebucket/chunkObject.txt",
            [],
            [("content-encoding", "aws-chunked"), ("content-length", "66824"), ("host", "s3.amazonaws.com"), ("x-amz-content-sha256", payload), ("x-amz-date", At), ("x-amz-decoded-content-length", "66560"), ("x-amz-storage-class", "REDUCED_REDUNDANCY")],
            payload);
        Assert.Equal("4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9", seed);
        var first = SignatureV4.SignChunk(Secret, At, Scope, seed, Letters(65_536));
        Assert.Equal("ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648", first);
        var second = SignatureV4.SignChunk(Secret, At, Scope, first, Letters(1_024));
        Assert.Equal("0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497", second);
        Assert.Equal("b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9", SignatureV4.SignChunk(Secret, At, Scope, second, []));
    }

    [Fact]
    public void Keys_of_more_days_than_are_remembered_are_derived_again()
    {
        var once = SignatureV4.Sign(Secret, At, Scope, "request");
        var others = Enumerable.Range(0, 200).Select(day => SignatureV4.Sign(Secret, At, $"{day:D8}/us-east-1/s3/aws4_request", "request")).ToHashSet();

        Assert.Equal(200, others.Count);
        Assert.Equal(once, SignatureV4.Sign(Secret, At, Scope, "request"));
        Assert.NotEqual(once, SignatureV4.Sign("another", At, Scope, "request"));
    }

    [Theory]
    [InlineData("a b", "a%20b")]
    [InlineData("ü/~-_.", "%C3%BC%2F~-_.")]
    [InlineData("+=&%", "%2B%3D%26%25")]
    public void Names_are_encoded_as_the_signature_wants_them(string text, string encoded) => Assert.Equal(encoded, UriEncoding.Encode(text));

    [Theory]
    [InlineData("")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AK/20130524/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=00")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AK/2013/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00")]
    [InlineData("AWS4-HMAC-SHA256 SignedHeaders=host")]
    [InlineData("Basic YTpi")]
    public void Other_authorizations_are_none(string text) => Assert.Null(AuthorizationHeader.Parse(text));

    private static byte[] Letters(int count) => [.. Enumerable.Repeat((byte)'a', count)];

    private static string Sign(string method, string path, (string Name, string Value)[] query, (string Name, string Value)[] headers, string payload) =>
        SignatureV4.Sign(Secret, At, Scope, SignatureV4.CanonicalRequest(method, path, query, headers, payload));
}
