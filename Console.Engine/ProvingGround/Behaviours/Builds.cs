namespace OpsConsole.Engine.ProvingGround.Behaviours;

/// <summary>The builds this program can run as. Only the host's process looks here; the console sees versions, digests and what it observes.</summary>
internal static class Builds
{
    public static Behaviour Of(string build, int seed, TimeProvider clock) =>
        build switch
        {
            "4e1f09c7" or "9b27d3a0" or "2ac94f6d" or "a7f3150e" => new Behaviour(),
            "c05a6e18" => new WillNotStart(),
            "71fd42b9" => new SlowTail(seed, clock),
            "e8830b5c" => new ForgetsConditions(),
            "d61b7e03" => new Leaks(),
            "5f0ec8a4" => new CorruptsStored(seed),
            "b39d1267" => new FailsSomeRanges(seed),
            "08c7fa5e" => new CannotReachStorage(),
            "3d80b1f6" => new WrongStatus(),
            "f45c2e91" => new ChangedPrecedence(),
            "6be9047d" => new SlowForOneSize(clock),
            "90d2a8c3" => new CorruptsShards(seed),
            "17c6e5fa" => new IgnoresChecksum(),
            "ce0874b2" => new StaleListings(clock),
            "52af19d0" => new LosesItsPlace(),
            _ => throw new InvalidOperationException($"this program has no build {build}"),
        };
}
