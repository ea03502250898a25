using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Canaries.Runs;
using OpsConsole.Engine.Canaries.Results;
using OpsConsole.Engine.Canaries.Targets;
using OpsConsole.Web.Canaries;
using OpsConsole.Web.Kit;

namespace OpsConsole.Tests.Canaries;

/// <summary>What the page says, without a browser.</summary>
public sealed class CanariesPageTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 3, 0, 0, TimeSpan.Zero);
    private static readonly RunnerItem Runner = new(4, 0, 0, 0, 20);

    [Fact]
    public void A_cell_is_its_worst_place_and_says_how_many_are_so()
    {
        var model = CanariesModel.Of(Book(), [Post("r1", RunState.Passed, Vantage.Outside), Post("r1", RunState.Stalled, Vantage.Inside), Post("r2", RunState.Passed, Vantage.Outside), Post("r3", null, Vantage.Outside)], Runner, [], null, Now);
        Assert.Equal(["r1", "r3", "r2"], model.Rows.Select(row => row.Region));
        Assert.Equal(["failing 1 of 2", "no turn yet", "served"], model.Rows.Select(row => row.Cells[0].Text));
        Assert.Equal([StateKind.Bad, StateKind.Idle, StateKind.Ok], model.Rows.Select(row => CanariesModel.Kind(row.Cells[0].Standing)));
    }

    [Fact]
    public void What_is_not_known_never_looks_well()
    {
        Assert.All([Standing.Waiting, Standing.Broken, Standing.Silent], standing => Assert.NotEqual(StateKind.Ok, CanariesModel.Kind(standing)));
        Assert.Equal(Enum.GetValues<Standing>().Length, Enum.GetValues<Standing>().Select(CanariesModel.Words).Distinct().Count());
        Assert.False(CanariesModel.Of(Book(), [], Runner with { QuietMs = null }, [], null, Now).RunnerLives);
        Assert.Empty(CanariesModel.Of(CanaryBook.Empty, [], Runner, [], null, Now).Columns);
    }

    [Fact]
    public void A_muted_cell_says_so_and_no_longer_leads()
    {
        var book = new CanaryDecider().Apply(Book(), new CanaryMuted("ready", "r1", Now.AddHours(1), "person:ada", "drill"), Now);
        var model = CanariesModel.Of(book, [Post("r1", RunState.Lying, Vantage.Outside), Post("r2", RunState.Slow, Vantage.Outside)], Runner, [], CanaryDetail.Of(book, "ready", "r1", [Post("r1", RunState.Lying, Vantage.Outside)], [], Now), Now);
        Assert.Equal(["r2", "r1"], model.Rows.Select(row => row.Region));
        Assert.Equal("muted, failing", model.Rows[1].Cells[0].Text);
        Assert.Equal("drill", model.Shown!.Mute!.Reason);
        Assert.Null(CanaryDetail.Of(book, "other", "r1", [], [], Now));
    }

    private static CanaryBook Book() => new CanaryDecider().Apply(CanaryBook.Empty, new CanaryPut(Make.Canary(), "test"), Now);

    private static PostResults Post(string region, RunState? state, Vantage vantage)
    {
        var post = new CanaryPost("ready", region, vantage, null);
        var last = state is { } known ? new RunResult(post, 1, Now, Now, Now, known, 1, [], "") : null;
        return new(post, Make.Canary(), new CanaryTarget("web", "test", region, vantage, new Uri("http://127.0.0.1")), Now, last is null ? [] : [new(last.State, Now, default)], last, 0, 0, null);
    }
}
