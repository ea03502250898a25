using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Noodles.Runs;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Tests.Noodles.Web;

public sealed class NoodleRunsDeciderTests
{
    private static readonly NoodleOrder Order = new("somewhere", "@canary", "", [], 4, 0);
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private readonly NoodleRunsDecider _decider = new();

    [Theory]
    [InlineData("Run", "why", "@a", 4, "noodles.run-id")]
    [InlineData("run", "", "@a", 4, "noodles.reason-missing")]
    [InlineData("run", "why", "@a or", 4, "noodles.order")]
    [InlineData("run", "why", "@a", 33, "noodles.order")]
    public void What_cannot_be_run_is_refused_with_its_reason(string id, string reason, string tags, int parallel, string code)
    {
        var decision = _decider.Decide(NoodleRunsState.Empty, new RequestNoodleRun(id, Order with { Tags = tags, Parallel = parallel }), Context(reason));
        Assert.Equal(code, decision.Rejection?.Code);
    }

    [Fact]
    public void Runs_are_due_one_after_another_and_of_the_ended_the_last_are_kept()
    {
        var state = NoodleRunsState.Empty;
        for (var number = 0; number < 60; number++)
        {
            state = Do(state, new RequestNoodleRun($"run-{number}", Order));
            Assert.Equal($"run-{number}", state.Due!.Id);
            state = Do(state, new EndNoodleRun($"run-{number}", true, 3, 0, 0, null));
        }

        Assert.Null(state.Due);
        Assert.Equal(NoodleRunsState.Kept, state.Runs.Length);
        Assert.Equal("run-59", state.Runs[^1].Id);
        Assert.Empty(_decider.Decide(state, new EndNoodleRun("run-59", false, 3, 3, 0, null), Context("why")).Events);
        Assert.Equal("noodles.run-exists", _decider.Decide(state, new RequestNoodleRun("run-59", Order), Context("why")).Rejection?.Code);
    }

    [Fact]
    public void No_more_than_ten_wait()
    {
        var state = Enumerable.Range(0, NoodleRunsDecider.MostWaiting).Aggregate(NoodleRunsState.Empty, (before, number) => Do(before, new RequestNoodleRun($"run-{number}", Order)));
        Assert.Equal("noodles.too-many", _decider.Decide(state, new RequestNoodleRun("one-more", Order), Context("why")).Rejection?.Code);
    }

    private static DecisionContext Context(string reason) => new(Now, Actor.Person("ada", Role.Operator), reason, new StreamStates([]));

    private NoodleRunsState Do(NoodleRunsState state, ICommand command) =>
        _decider.Decide(state, command, Context("why")).Events.Aggregate(state, (before, happened) => _decider.Apply(before, happened, Now));
}
