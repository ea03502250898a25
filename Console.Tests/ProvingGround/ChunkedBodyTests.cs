using System.Text;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Tests.ProvingGround;

public sealed class ChunkedBodyTests
{
    private static readonly Signed Seed = new(new AccessKey("a", "id", "secret"), "20130524T000000Z", "20130524/us-east-1/s3/aws4_request", "seed", "STREAMING");

    [Fact]
    public async Task Unsigned_chunks_and_their_trailer_are_taken_apart()
    {
        var (content, trailers) = await ReadAsync("3\r\nabc\r\n2\r\nde\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n", 5, signedChunks: false, trailer: true);
        Assert.Equal("abcde", content);
        Assert.Equal("AAAAAA==", trailers["x-amz-checksum-crc32"]);
    }

    [Fact]
    public async Task Signed_chunks_are_checked_against_the_one_before()
    {
        var first = SignatureV4.SignChunk("secret", Seed.At, Seed.Scope, "seed", "abc"u8);
        var last = SignatureV4.SignChunk("secret", Seed.At, Seed.Scope, first, []);
        var (content, _) = await ReadAsync($"3;chunk-signature={first}\r\nabc\r\n0;chunk-signature={last}\r\n\r\n", 3, signedChunks: true, trailer: false);
        Assert.Equal("abc", content);
        var tampered = await Assert.ThrowsAsync<S3Exception>(() => ReadAsync($"3;chunk-signature={first}\r\nabX\r\n0;chunk-signature={last}\r\n\r\n", 3, signedChunks: true, trailer: false));
        Assert.Equal("SignatureDoesNotMatch", tampered.Error.Code);
    }

    [Fact]
    public async Task A_trailer_signed_by_somebody_else_is_refused()
    {
        var last = SignatureV4.SignChunk("secret", Seed.At, Seed.Scope, "seed", []);
        var refused = await Assert.ThrowsAsync<S3Exception>(() => ReadAsync($"0;chunk-signature={last}\r\nx-amz-checksum-crc32:AAAAAA==\r\nx-amz-trailer-signature:00\r\n\r\n", 0, signedChunks: true, trailer: true));
        Assert.Equal("SignatureDoesNotMatch", refused.Error.Code);
    }

    [Theory]
    [InlineData("5\r\nabc\r\n0\r\n\r\n", 3)]
    [InlineData("3\r\nabc\r\n0\r\n\r\n", 4)]
    [InlineData("3\r\nabc", 3)]
    [InlineData("zz\r\nabc\r\n0\r\n\r\n", 3)]
    [InlineData("-1\r\n\r\n", 3)]
    [InlineData("FFFFFFFF\r\nabc", 3)]
    [InlineData("3\r\nabcd\r\n0\r\n\r\n", 3)]
    public async Task What_does_not_add_up_is_incomplete(string body, int length) =>
        Assert.Equal("IncompleteBody", (await Assert.ThrowsAsync<S3Exception>(() => ReadAsync(body, length, signedChunks: false, trailer: false))).Error.Code);

    [Fact]
    public async Task An_endless_head_is_refused_before_it_is_held() =>
        Assert.Equal("InvalidRequest", (await Assert.ThrowsAsync<S3Exception>(() => ReadAsync(new string('1', 100_000), 3, signedChunks: false, trailer: false))).Error.Code);

    private static async Task<(string Content, Dictionary<string, string> Trailers)> ReadAsync(string body, int length, bool signedChunks, bool trailer)
    {
        var chunked = new ChunkedBody(new MemoryStream(Encoding.ASCII.GetBytes(body)), Seed, signedChunks, trailer);
        var content = new byte[length];
        await chunked.ReadAsync(content, default);
        return (Encoding.ASCII.GetString(content), chunked.Trailers);
    }
}
