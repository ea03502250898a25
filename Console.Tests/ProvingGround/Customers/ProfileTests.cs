using System.IO.Compression;
using OpsConsole.Engine.ProvingGround;
using OpsConsole.Engine.ProvingGround.Customers;
using OpsConsole.Engine.ProvingGround.Supervision;

namespace OpsConsole.Tests.ProvingGround.Customers;

public sealed class ProfileTests
{
    public static TheoryData<string> Names => [.. CustomerProfiles.All.Select(profile => profile.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Shares_add_up_and_what_is_kept_is_bounded(string name)
    {
        var profile = CustomerProfiles.Find(name)!;
        Assert.Equal(100, profile.Mix.Sum);
        Assert.Equal(1, profile.Sizes.Sum(size => size.Share), 9);
        Assert.InRange(profile.Keys * profile.MeanBytes, 1, 200_000_000);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Sizes_and_operations_come_as_the_profile_says(string name)
    {
        const int Many = 40_000;
        var profile = CustomerProfiles.Find(name)!;
        var mix = new TrafficMix(profile, seed: 11);
        var drawn = Enumerable.Range(0, Many).Select(_ => mix.Next()).ToArray();
        Assert.InRange(drawn.Average(one => (double)one.Size), profile.MeanBytes * 0.93, profile.MeanBytes * 1.07);
        Assert.All(drawn, one => Assert.InRange(one.Size, 1, profile.Largest));
        Assert.InRange(drawn.Count(one => one.Operation == CustomerOperation.Get) * 100.0 / Many, profile.Mix.Get - 2, profile.Mix.Get + 2);
        Assert.InRange(drawn.Count(one => one.Operation == CustomerOperation.Put) * 100.0 / Many, profile.Mix.Put - 2, profile.Mix.Put + 2);
        Assert.True(drawn.Max(one => one.Key) < profile.Keys);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_rate_is_what_two_processors_bear(string name)
    {
        var profile = CustomerProfiles.Find(name)!;
        var moved = profile.Rate * profile.MeanBytes * (profile.Mix.Get + profile.Mix.Put) / 100;
        Assert.InRange(moved, 0, 6_500_000);
    }

    [Theory]
    [InlineData("new-region", 250_000)]
    [InlineData("largest-region", 1_000_000)]
    public void The_means_of_regions_are_those_that_are_known(string name, double mean) => Assert.Equal(mean, CustomerProfiles.Find(name)!.MeanBytes, mean * 0.01);

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(0.85)]
    public void Contents_can_be_compressed_as_far_as_the_profile_says_and_no_further(double compressible)
    {
        var body = CustomerBody.Make(400_000, seed: 3, compressible);
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(body);
        }

        Assert.InRange(1 - ((double)packed.Length / body.Length), compressible - 0.06, compressible + 0.06);
        Assert.Equal(body, CustomerBody.Make(400_000, seed: 3, compressible));
    }

    [Fact]
    public void A_plan_names_the_profile_and_takes_its_rate_unless_told_otherwise()
    {
        var options = new GroundOptions { Folder = "unused", CustomerProfile = "largest-region" };
        var plan = GroundPlanner.Make(options, before: null);
        Assert.Equal(("largest-region", CustomerProfiles.Find("largest-region")!.Rate), (plan.CustomerProfile, plan.CustomerRate));
        Assert.Equal(33, GroundPlanner.Make(options with { CustomerRate = 33 }, before: null).CustomerRate);
        Assert.Contains("new-region", Assert.Throws<ArgumentException>(() => GroundPlanner.Make(options with { CustomerProfile = "moon" }, before: null)).Message, StringComparison.Ordinal);
    }
}
