using OpsConsole.Domain.ProvingGround.S3;

namespace OpsConsole.Tests.ProvingGround;

public sealed class ByteRangeTests
{
    [Theory]
    [InlineData("bytes=0-9", 0, 10)]
    [InlineData("bytes=90-200", 90, 10)]
    [InlineData("bytes=95-", 95, 5)]
    [InlineData("bytes=-5", 95, 5)]
    [InlineData("bytes=-500", 0, 100)]
    public void Parts_of_a_hundred_bytes(string header, long from, long length)
    {
        Assert.True(ByteRange.TryParse(header, 100, out var range));
        Assert.Equal(new ByteRange(from, length), range);
    }

    [Theory]
    [InlineData("")]
    [InlineData("bytes=")]
    [InlineData("bytes=-")]
    [InlineData("bytes=5-2")]
    [InlineData("bytes=0-1,5-6")]
    [InlineData("lines=0-1")]
    public void What_is_no_range_gives_the_whole(string header)
    {
        Assert.True(ByteRange.TryParse(header, 100, out var range));
        Assert.Null(range);
    }

    [Theory]
    [InlineData("bytes=100-")]
    [InlineData("bytes=100-200")]
    [InlineData("bytes=-0")]
    public void Outside_the_object_there_is_nothing(string header) => Assert.False(ByteRange.TryParse(header, 100, out _));
}
