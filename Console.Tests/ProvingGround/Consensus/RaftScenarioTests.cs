namespace OpsConsole.Tests.ProvingGround.Consensus;

/// <summary>Loss, doubling, disorder and delay of messages, partitions, crashes at every sync with the loss of unsynced writes, stopped members, clocks that differ: nothing decided is ever undone.</summary>
[Trait("Category", "Scenario")]
public sealed class RaftScenarioTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const int Seeds = 120;

    [Fact]
    public void Nothing_acknowledged_is_lost_and_no_read_is_stale()
    {
        var (elections, writes, reads) = (0, 0, 0);
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var cluster = new SimCluster(seed, Planted.Nothing);
            try
            {
                cluster.Run(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(15));
            }
            catch (Exception e) when (e is BrokenLaw or Xunit.Sdk.XunitException or InvalidOperationException)
            {
                Assert.Fail($"seed {seed} at {cluster.Now}: {e}");
            }

            (elections, writes, reads) = (elections + cluster.History.Elections, writes + cluster.History.Acknowledged, reads + cluster.History.Reads);
        }

        output.WriteLine($"{Seeds} seeds: {elections} leaders, {writes} writes acknowledged, {reads} reads");
        Assert.True(elections > 3 * Seeds && writes > 300 * Seeds && reads > 300 * Seeds, $"{elections} leaders, {writes} writes, {reads} reads: too quiet to prove anything");
    }

    [Fact]
    public void Members_whose_disks_are_lost_come_back_and_nothing_acknowledged_is_lost()
    {
        var (lost, writes) = (0, 0);
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var cluster = new SimCluster(seed, Planted.Nothing, losesDisks: true);
            try
            {
                cluster.Run(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(15));
            }
            catch (Exception e) when (e is BrokenLaw or Xunit.Sdk.XunitException or InvalidOperationException)
            {
                Assert.Fail($"seed {seed} at {cluster.Now}: {e}");
            }

            (lost, writes) = (lost + cluster.DisksLost, writes + cluster.History.Acknowledged);
        }

        output.WriteLine($"{Seeds} seeds: {lost} disks lost, {writes} writes acknowledged");
        Assert.True(lost > 2 * Seeds && writes > 300 * Seeds, $"{lost} disks lost, {writes} writes: too quiet to prove anything");
    }

    [Theory]
    [InlineData((int)Planted.ForgottenLoss, 1)]
    [InlineData((int)Planted.ForgottenVote, 330)]
    [InlineData((int)Planted.IgnoredSync, 1)]
    [InlineData((int)Planted.IgnoredLease, 1)]
    [InlineData((int)Planted.HastyVote, 1_050)]
    public void A_planted_fault_is_found(int planted, int firstSeed)
    {
        for (var seed = firstSeed; seed <= firstSeed + (10 * Seeds); seed++)
        {
            try
            {
                new SimCluster(seed, (Planted)planted, losesDisks: (Planted)planted == Planted.ForgottenLoss).Run(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(15));
            }
            catch (Exception e) when (e is BrokenLaw or Xunit.Sdk.XunitException or InvalidOperationException or ArgumentException)
            {
                output.WriteLine($"{(Planted)planted}: found with seed {seed}: {e.Message}");
                return;
            }
        }

        Assert.Fail($"{(Planted)planted} was not found");
    }
}
