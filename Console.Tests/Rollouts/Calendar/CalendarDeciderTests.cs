using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts.Calendar;

namespace OpsConsole.Tests.Rollouts.Calendar;

public sealed class CalendarDeciderTests
{
    private static readonly DateTimeOffset Now = Calendars.At("2026-03-04 12:00");
    private static readonly CalendarDecider Decider = new();

    private CalendarState _state = new();

    [Fact]
    public void A_freeze_is_added_changed_and_removed_and_each_needs_what_it_needs()
    {
        Assert.Null(Send(new AddEntry(Calendars.Freeze("daily"))));
        Assert.Equal("person:ada", _state.Entries["f"].By);
        Assert.Equal("calendar.exists", Send(new AddEntry(Calendars.Freeze("sat,sun")))?.Code);
        Assert.Equal("calendar.reason-missing", Send(new ChangeEntry(Calendars.Freeze("sat,sun")), reason: null)?.Code);
        Assert.Null(Send(new ChangeEntry(Calendars.Freeze("sat,sun"))));
        Assert.Equal("sat,sun", _state.Entries["f"].When);
        Assert.Equal("calendar.unknown", Send(new RemoveEntry("g"))?.Code);
        Assert.Null(Send(new RemoveEntry("f")));
        Assert.Empty(_state.Entries);
    }

    [Theory]
    [InlineData("daily 9:00-17:00", "when")]
    [InlineData("mon-fri 09:00-25:00", "when")]
    [InlineData("someday", "when")]
    [InlineData("", "when")]
    [InlineData("cron 0 22 * * 7 for 8h", "when")]
    [InlineData("cron 0 22 * * 5", "when")]
    [InlineData("cron 0 22 * * 5 for 32d", "when")]
    [InlineData("cron 61 * * * * for 1h", "when")]
    [InlineData("2026-12-20 to 2026-12-19", "when")]
    [InlineData("2026-02-30 to 2026-03-19", "when")]
    public void A_schedule_that_is_none_is_refused_with_its_field(string when, string field)
    {
        var refused = Send(new AddEntry(Calendars.Freeze(when)));
        Assert.Equal(("calendar.invalid", field), (refused!.Code, refused.Evidence["field"]));
        Assert.Empty(_state.Entries);
    }

    [Theory]
    [InlineData("Middle-earth/Shire")]
    [InlineData("../etc/passwd")]
    [InlineData("")]
    public void An_unknown_zone_is_refused_clearly(string zone)
    {
        var refused = Send(new AddEntry(Calendars.Freeze("daily", zone: zone)));
        Assert.Equal("zone", refused!.Evidence["field"]);
        Assert.Contains("tz database", refused.Why, StringComparison.Ordinal);
        Assert.Equal("calendar.unknown-zone", Send(new SetZone(Scope.Global, zone))?.Code);
    }

    [Fact]
    public void An_override_needs_a_reason_the_role_and_an_end_and_holds_for_what_it_names_alone()
    {
        Send(new AddEntry(Calendars.Freeze("daily", "a")));
        Send(new AddEntry(Calendars.Freeze("daily", "b") with { OverrideBy = Role.Admin }));
        Assert.Equal("calendar.reason-missing", Send(new OverrideEntry("a", null, TimeSpan.FromHours(1)), reason: " ")?.Code);
        Assert.Equal("calendar.override-length", Send(new OverrideEntry("a", null, TimeSpan.FromDays(8)))?.Code);
        Assert.Equal("calendar.override-role", Send(new OverrideEntry("b", null, TimeSpan.FromHours(1)), Role.Approver)?.Code);
        Assert.Null(Send(new OverrideEntry("a", null, TimeSpan.FromHours(1)), Role.Approver));
        Assert.Equal(["b"], Held(Now).Select(entry => entry.Entry));
        Assert.Null(Send(new OverrideEntry("b", null, TimeSpan.FromHours(2))));
        Assert.Empty(Held(Now));
        Assert.Equal(["a"], Held(Now.AddHours(1)).Select(entry => entry.Entry));
        Assert.Equal(["a", "b"], Held(Now.AddHours(2)).Select(entry => entry.Entry));
    }

    [Fact]
    public void An_override_dies_with_its_entry_and_with_any_change_of_it()
    {
        Send(new AddEntry(Calendars.Freeze("daily")));
        Send(new OverrideEntry("f", null, TimeSpan.FromHours(1)));
        Assert.Empty(Held(Now));
        Send(new ChangeEntry(Calendars.Freeze("daily") with { Why = "another reason" }));
        Assert.NotEmpty(Held(Now));
        Send(new OverrideEntry("f", null, TimeSpan.FromHours(1)));
        Send(new RemoveEntry("f"));
        Send(new AddEntry(Calendars.Freeze("daily")));
        Assert.NotEmpty(Held(Now));
    }

    [Fact]
    public void An_override_that_is_ended_holds_no_more()
    {
        Send(new AddEntry(Calendars.Freeze("daily")));
        Send(new OverrideEntry("f", null, TimeSpan.FromHours(1)));
        Assert.Null(Send(new EndOverride("f", null)));
        Assert.NotEmpty(Held(Now));
    }

    [Fact]
    public void A_change_needs_the_permission_where_the_entry_holds_and_where_it_held()
    {
        Send(new AddEntry(Calendars.Freeze("daily")));
        var reach = Decider.Reach(_state, new ChangeEntry(Calendars.Freeze("daily") with { Scope = Scope.OfRegion("eu-west-1") }));
        Assert.Equal(["global", "region:eu-west-1"], reach.Select(scope => scope.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(["global"], Decider.Reach(_state, new RemoveEntry("f")).Select(scope => scope.ToString()));
    }

    [Fact]
    public void An_entry_without_a_zone_goes_by_the_clock_of_the_place()
    {
        Send(new AddEntry(Calendars.Window("mon-fri 09:00-17:00", zone: null)));
        Send(new SetZone(Scope.OfPartition("commercial"), "Europe/Dublin"));
        Send(new SetZone(Scope.OfRegion("ap-southeast-2"), "Australia/Sydney"));
        var sydney = new WorkPlace("commercial", "ap-southeast-2", "ap-southeast-2a", "web");
        Assert.Null(ChangeCalendar.Holds(_state, Calendars.Dublin, null, Now));
        Assert.Equal(Calendars.At("2026-03-04 22:00"), ChangeCalendar.Holds(_state, sydney, null, Now)!.Opens);
    }

    [Fact]
    public void A_freeze_holds_in_its_scope_only_and_not_on_the_days_it_excepts()
    {
        Send(new AddEntry(Calendars.Freeze("daily") with { Scope = Scope.Global, Except = [new DateOnly(2026, 3, 5)] }));
        Assert.NotEmpty(Held(Now));
        Assert.Empty(Held(Now.AddDays(1)));
        var elsewhere = Calendars.Of(Calendars.Freeze("daily") with { Scope = Scope.OfRegion("us-east-1") });
        Assert.True(ChangeCalendar.IsOpen(elsewhere, Calendars.Dublin, null, Now));
    }

    [Fact]
    public void What_cannot_be_read_any_more_holds_everything_and_says_so()
    {
        var calendar = Calendars.Of(Calendars.Freeze("daily 01:00-02:00", zone: "Gone/Zone"));
        var hold = ChangeCalendar.Holds(calendar, Calendars.Dublin, null, Now)!;
        Assert.Contains("Gone/Zone", hold.Sentence, StringComparison.Ordinal);
        Assert.Null(hold.Opens);
    }

    private Rejection? Send(CalendarCommand command, Role role = Role.Admin, string? reason = "because")
    {
        var decision = Decider.Decide(_state, command, Calendars.Context(Now, role, reason));
        _state = decision.Events.Aggregate(_state, (state, happened) => Decider.Apply(state, happened, Now));
        return decision.Rejection;
    }

    private System.Collections.Immutable.ImmutableArray<HeldBy> Held(DateTimeOffset at) => ChangeCalendar.Holds(_state, Calendars.Dublin, "r1", at)?.Entries ?? [];
}
