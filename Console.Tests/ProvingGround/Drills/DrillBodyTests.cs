using OpsConsole.Engine.ProvingGround.Drills;

namespace OpsConsole.Tests.ProvingGround.Drills;

public sealed class DrillBodyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(4_099)]
    public void A_body_tells_whose_it_is(int size) => Assert.Equal("c3-17", DrillBody.NameOf(DrillBody.Make("c3-17", size)));

    [Fact]
    public void A_changed_byte_is_found_wherever_it_is()
    {
        for (var at = 0; at < 300; at++)
        {
            var body = DrillBody.Make("c1-1", 300);
            body[at] ^= 1;
            Assert.NotEqual("c1-1", DrillBody.NameOf(body));
        }
    }

    [Fact]
    public void Half_a_body_is_a_damaged_one() => Assert.Equal("c1-1 damaged from byte 150", DrillBody.NameOf(DrillBody.Make("c1-1", 300)[..150]));

    [Fact]
    public void Two_writes_have_no_bytes_in_common_but_by_chance() =>
        Assert.True(DrillBody.Make("c1-1", 4_096).Zip(DrillBody.Make("c1-2", 4_096)).Count(pair => pair.First == pair.Second) < 100);
}
