using OpsConsole.Domain.Access;
using OpsConsole.Domain.Access.Refusals;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Access.Refusals;

/// <summary>Which refused attempts are written down.</summary>
public sealed class RefusalDeciderTests
{
    private static readonly Rejection No = new(RejectionKind.Forbidden, "access.forbidden", "No.", "You may not.", "Ask.");
    private static readonly Actor Nobody = new(ActorKind.Token, "ci", []);

    private readonly MemoryJournal _journal = new();
    private readonly ManualClock _clock = new();
    private readonly CommandPath _path;

    public RefusalDeciderTests()
    {
        var states = new StreamStates([new StreamFamily<RefusalBook>(RefusalStreams.Family, regional: false, new RefusalDecider())]);
        _path = new CommandPath(_journal, states, [], _clock);
    }

    [Fact]
    public async Task An_actor_without_any_role_is_written_down_under_their_own_name()
    {
        Assert.True((await TryAsync("PullCord", Nobody)).Accepted);

        var told = Assert.Single(_journal.Events);
        Assert.Equal("token:ci", told.Actor);
        Assert.Equal(new AttemptRefused("PullCord", "cord", "global", "access.forbidden", "You may not.") { By = "token:ci" }, told.Event);
    }

    [Fact]
    public async Task The_same_attempt_is_told_once_a_minute()
    {
        await TryAsync("PullCord", Nobody);
        _clock.Advance(TimeSpan.FromSeconds(59));
        await TryAsync("PullCord", Nobody);
        Assert.Single(_journal.Events);

        _clock.Advance(TimeSpan.FromSeconds(1));
        await TryAsync("PullCord", Nobody);
        Assert.Equal(2, _journal.Events.Count);
    }

    [Fact]
    public async Task Who_tries_very_much_hides_nobody_else()
    {
        for (var i = 0; i < 100; i++)
        {
            await TryAsync($"Try{i}", Nobody);
        }

        await TryAsync("PullCord", Actor.Person("eve", Role.Viewer));

        Assert.Equal(RefusalDecider.MostOfOne + 1, _journal.Events.Count);
        Assert.Equal("person:eve", _journal.Events[^1].Actor);
    }

    [Fact]
    public async Task Neither_journal_nor_state_grow_with_many_who_try()
    {
        for (var i = 0; i < 2 * RefusalDecider.MostOfAll; i++)
        {
            await TryAsync("PullCord", new Actor(ActorKind.Token, $"t{i}", []));
        }

        Assert.Equal(RefusalDecider.MostOfAll, _journal.Events.Count);
        _clock.Advance(TimeSpan.FromMinutes(2));
        await TryAsync("PullCord", Nobody);
        Assert.Equal(RefusalDecider.MostOfAll + 1, _journal.Events.Count);
    }

    [Fact]
    public async Task What_a_sender_made_long_is_cut()
    {
        await _path.SendAsync(new(new NoteRefusal("PullCord", "cord", new string('x', 100_000), No with { Why = new string('y', 100_000) }), Nobody));

        var told = (AttemptRefused)Assert.Single(_journal.Events).Event;
        Assert.InRange(told.Where.Length + told.Why.Length, 900, 1_100);
    }

    private Task<CommandResult> TryAsync(string command, Actor actor) => _path.SendAsync(new(new NoteRefusal(command, "cord", "global", No), actor));
}
