using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Alarms.Judge;

/// <summary>Properties over random values, another seed each run, printed; <c>OPSCONSOLE_SEED</c> runs one again.</summary>
internal static class Seeded
{
    public static void Holds<T>(ITestOutputHelper output, Gen<T> values, Func<T, bool> property, int tests = 300)
    {
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable("OPSCONSOLE_SEED"), out var given) ? given : BitConverter.ToUInt64(Guid.NewGuid().ToByteArray());
        output.WriteLine($"seed {seed}: OPSCONSOLE_SEED={seed} runs it again");
        var config = Config.QuickThrowOnFailure.WithMaxTest(tests).WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(seed), FSharpOption<int>.None)));
        Check.One(config, Prop.ForAll(values.ToArbitrary(), property));
    }

    /// <summary>Two samples of given sizes: continuous, in whole numbers that tie, mostly zeros, or all but equal.</summary>
    public static Gen<(double[] First, double[] Second)> Pair(int least, int most)
    {
        var value = Gen.OneOf(
            Gen.Choose(1, 1_000_000).Select(n => n / 1_000.0),
            Gen.Choose(0, 4).Select(n => (double)n),
            Gen.Choose(-6, 3).Select(n => Math.Max(0.0, n)),
            Gen.Choose(0, 9).Select(n => n == 0 ? 101.0 : 100.0));
        return from m in Gen.Choose(least, most)
               from n in Gen.Choose(least, most)
               from kind in Gen.Choose(0, 3)
               from first in Kind(kind).ArrayOf(m)
               from second in Kind(kind).ArrayOf(n)
               select (first, second);

        Gen<double> Kind(int kind) => kind switch
        {
            0 => Gen.Choose(1, 1_000_000).Select(n => n / 1_000.0),
            1 => Gen.Choose(0, 4).Select(n => (double)n),
            2 => Gen.Choose(-6, 3).Select(n => Math.Max(0.0, n)),
            _ => value,
        };
    }
}
