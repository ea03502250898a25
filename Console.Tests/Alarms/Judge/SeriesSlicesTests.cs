using OpsConsole.Domain.Alarms.Judge;

namespace OpsConsole.Tests.Alarms.Judge;

public sealed class SeriesSlicesTests
{
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(119, 119, 1)]
    [InlineData(120, 120, 1)]
    [InlineData(121, 60, 2)]
    [InlineData(86_400, 120, 720)]
    [InlineData(-5, 0, 1)]
    public void A_window_has_whole_slices_and_never_many(int seconds, int count, int length)
    {
        var slices = SeriesSlices.Of(1_000, 1_000 + seconds);
        Assert.Equal((count, (long)length), (slices.Count, slices.Length));
    }

    [Fact]
    public void A_second_is_in_one_slice_or_in_none()
    {
        var slices = SeriesSlices.Of(1_000, 1_241);
        Assert.Equal([null, 0, 0, 0, 1, 79, null, null], new long[] { 999, 1_000, 1_001, 1_002, 1_003, 1_239, 1_240, 1_241 }.Select(slices.IndexOf));
        Assert.Equal(1_003, slices.Start(1));
    }
}
