using System.Text;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Tests.ProvingGround.S3;

/// <summary>MD5s of RFC 1321's test suite.</summary>
public sealed class ETagTests
{
    [Theory]
    [InlineData("", "d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("abc", "900150983cd24fb0d6963f7d28e17f72")]
    [InlineData("message digest", "f96b697d7cb7938d525a2f31aaf161d0")]
    public void An_object_in_one_piece_is_named_by_its_md5(string content, string expected) => Assert.Equal(expected, ETag.Of(Encoding.ASCII.GetBytes(content)));

    [Fact]
    public void Content_in_pieces_has_the_same_name()
    {
        using var running = ETag.Running();
        running.AppendData("message "u8);
        running.AppendData("digest"u8);
        Assert.Equal(ETag.Of("message digest"u8), ETag.Text(running.GetCurrentHash()));
    }

    [Fact]
    public void An_object_of_parts_is_named_by_the_md5_of_their_md5s_and_their_number()
    {
        byte[] both = [.. ETag.Md5("abc"u8), .. ETag.Md5("message digest"u8)];
        Assert.Equal($"{ETag.Of(both)}-2", ETag.Joined([ETag.Of("abc"u8), ETag.Of("message digest"u8)]));
    }
}
