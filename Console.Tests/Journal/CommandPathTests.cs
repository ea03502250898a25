using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Journal;

public sealed class CommandPathTests
{
    private static readonly Actor Ada = Actor.Person("ada", Role.Admin);
    private static readonly PullCord Pull = new(Scope.Global, CordMode.Halt);
    private readonly StreamStates _states = new(JournalFolder.Families);
    private readonly MemoryJournal _journal = new();

    private CommandPath Path(params ICommitObserver[] observers) => new(_journal, _states, observers, new ManualClock());

    [Fact]
    public async Task The_same_key_again_gets_the_first_answer_and_changes_nothing()
    {
        var path = Path();
        var first = await path.SendAsync(new(Pull, Ada, "why", "k-1"));
        await path.SendAsync(new(new PullCord(Scope.Global, CordMode.ReadOnly), Ada, "why"));
        Assert.Equal(first, await path.SendAsync(new(Pull, Ada, "why", "k-1")));
        Assert.Equal(2, _journal.Events.Count);
    }

    [Fact]
    public async Task A_key_is_not_answered_for_another_command_or_another_sender()
    {
        var path = Path();
        await path.SendAsync(new(Pull, Ada, "why", "k-1"));

        Assert.Equal("command.key-reused", (await path.SendAsync(new(new PullCord(Scope.Global, CordMode.ReadOnly), Ada, "why", "k-1"))).Rejection?.Code);
        Assert.Equal("command.key-reused", (await path.SendAsync(new(Pull, Actor.Person("bob", Role.Admin), "why", "k-1"))).Rejection?.Code);
        Assert.Equal("access.forbidden", (await path.SendAsync(new(Pull, Actor.Person("eve", Role.Viewer), "why", "k-1"))).Rejection?.Code);
        Assert.Single(_journal.Events);
    }

    [Fact]
    public async Task Commands_that_change_nothing_leave_no_stream_behind()
    {
        var path = Path();
        for (var i = 0; i < 100; i++)
        {
            await path.SendAsync(new(new ExpireVisits($"made-up-{i}"), Actor.Engine));
            await path.SendAsync(new(new PlaceHosts($"made-up-{i}", "commercial", [], []), Actor.Person("eve", Role.Viewer)));
        }

        Assert.Empty(_states.Slots);
    }

    [Theory]
    [InlineData("")]
    [InlineData("eu west")]
    [InlineData("../etc")]
    [InlineData("eu\n")]
    public async Task Names_that_are_none_are_refused(string region) =>
        Assert.Equal(region == "../etc" ? null : "command.name", (await Path().SendAsync(new(new ExpireVisits(region), Actor.Engine))).Rejection?.Code);

    [Fact]
    public async Task An_observer_that_throws_hinders_neither_the_others_nor_the_answer()
    {
        var told = new List<long>();
        var result = await Path(new Observer(_ => throw new InvalidOperationException("a bug")), new Observer(events => told.Add(events[0].Sequence))).SendAsync(new(Pull, Ada, "why"));

        Assert.True(result.Accepted);
        Assert.Equal([1L], told);
    }

    [Fact]
    public async Task Observers_are_told_in_order_even_where_one_leads_to_another_append()
    {
        CommandPath? path = null;
        var told = new List<long>();
        path = Path(
            new Observer(events => _ = events[0].Sequence == 1 ? path!.SendAsync(new(new PullCord(Scope.Global, CordMode.ReadOnly), Ada, "why")) : null),
            new Observer(events => told.Add(events[0].Sequence)));
        await path.SendAsync(new(Pull, Ada, "why"));

        Assert.Equal([1L, 2], told);
    }

    private sealed class Observer(Action<ImmutableArray<Recorded>> told) : ICommitObserver
    {
        public void Committed(ImmutableArray<Recorded> events) => told(events);
    }
}
