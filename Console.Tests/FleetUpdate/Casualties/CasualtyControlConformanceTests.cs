using System.Globalization;
using System.Text.Json;
using OpsConsole.Domain.Alarms.Judge.Statistics;
using OpsConsole.Domain.FleetUpdate.Casualties;
using OpsConsole.Tests.Alarms.Judge;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.FleetUpdate.Casualties;

/// <summary>The sequential test, tails, intervals and the lease as a limit of losses, against scipy's. The rule: counts exactly, chances to 1 part in 10^9 (scipy's own error for large n).</summary>
[Trait("Category", "Conformance")]
public sealed class CasualtyControlConformanceTests
{
    private static readonly JsonElement File = Fixture.Read("stateful-13_casualty_control.json");

    public static TheoryData<string> Tests => JudgeRows.All(File.GetProperty("sprt"));

    public static TheoryData<string> Tails => JudgeRows.All(File.GetProperty("binomial_tails"));

    public static TheoryData<string> Intervals => JudgeRows.All(File.GetProperty("intervals"));

    public static TheoryData<string> Leases => JudgeRows.All(File.GetProperty("ttl_as_velocity_limit"));

    [Theory]
    [MemberData(nameof(Tests))]
    public void The_sequential_test_halts_and_accepts_where_walds_does(string text)
    {
        var row = JudgeRows.Row(text);
        double Figure(string name) => row.GetProperty(name).GetDouble();
        var test = new SequentialTest(Figure("p0"), Figure("p1"), Figure("alpha"), Figure("beta"));
        Assert.Equal(Figure("log_upper"), test.Upper, 1e-12);
        Assert.Equal(Figure("log_lower"), test.Lower, 1e-12);
        Assert.Equal(Figure("step_fail"), test.PerCasualty, 1e-12);
        Assert.Equal(Figure("step_ok"), test.PerReturn, 1e-12);
        foreach (var halt in row.GetProperty("halt_at").EnumerateArray())
        {
            var (hosts, casualties) = (halt.GetProperty("hosts").GetInt64(), halt.GetProperty("casualties").GetInt64());
            Assert.Equal(casualties, test.HaltAt(hosts));
            Assert.Equal(SequentialVerdict.Halt, test.Judge(hosts, casualties));
            Assert.NotEqual(SequentialVerdict.Halt, test.Judge(hosts, casualties - 1));
        }

        var clean = row.GetProperty("accept_with_zero_casualties_after_hosts").GetInt64();
        Assert.Equal(clean, test.AcceptAfter(0));
        Assert.Equal(SequentialVerdict.GoOn, test.Judge(clean - 1, 0));
    }

    [Theory]
    [MemberData(nameof(Tails))]
    public void Tails_are_as_there(string text)
    {
        var row = JudgeRows.Row(text);
        var (hosts, rate) = (row.GetProperty("hosts").GetInt64(), row.GetProperty("p").GetDouble());
        Assert.Equal(row.GetProperty("expected").GetDouble(), hosts * rate, 1e-9);
        foreach (var tail in row.GetProperty("P_ge").EnumerateObject())
        {
            Assert.Equal(1, Binomial.AtLeast(hosts, long.Parse(tail.Name, CultureInfo.InvariantCulture), rate) / JudgeRows.Number(tail.Value), 1e-9);
        }

        Assert.Equal(row.GetProperty("alarm_threshold_1e-6").GetInt64(), Binomial.Threshold(hosts, rate, 1e-6));
    }

    [Theory]
    [MemberData(nameof(Intervals))]
    public void Intervals_are_as_there(string text)
    {
        var row = JudgeRows.Row(text);
        var (casualties, hosts) = (row.GetProperty("casualties").GetInt64(), row.GetProperty("hosts").GetInt64());
        foreach (var (name, ours) in new[] { ("clopper_pearson_95", RateInterval.ClopperPearson(casualties, hosts)), ("wilson_95", RateInterval.Wilson(casualties, hosts)) })
        {
            var expected = JudgeRows.Numbers(row.GetProperty(name));
            Assert.Equal(expected[0], ours.Low, 1e-11);
            Assert.Equal(expected[1], ours.High, 1e-11);
        }
    }

    [Theory]
    [MemberData(nameof(Leases))]
    public void A_lease_limits_losses_a_day(string text)
    {
        var row = JudgeRows.Row(text);
        Assert.Equal(row.GetProperty("worst_lost_hosts_per_day").GetDouble(), LossVelocity.HostsPerDay(row.GetProperty("slots").GetInt32(), TimeSpan.FromHours(row.GetProperty("ttl_hours").GetDouble())), 1e-9);
    }
}
