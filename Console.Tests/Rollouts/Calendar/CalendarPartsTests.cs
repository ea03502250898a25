using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Rollouts.Approvals;
using OpsConsole.Domain.Rollouts.Calendar;
using OpsConsole.Tests.World;
using OpsConsole.Web.Rollouts.Approvals;
using OpsConsole.Web.Rollouts.Calendar;
using Wait = OpsConsole.Domain.Rollouts.Wait;

namespace OpsConsole.Tests.Rollouts.Calendar;

/// <summary>The parts of the pages Calendar and Approvals, without a browser.</summary>
public sealed class CalendarPartsTests : BunitContext
{
    private static readonly DateTimeOffset Now = Calendars.At("2026-03-04 12:00");

    public CalendarPartsTests()
    {
        Services.AddSingleton<TimeProvider>(new ManualClock(Now));
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void A_strip_shows_each_span_where_it_lies_and_says_it_in_words()
    {
        var line = CalendarDrawing.Line(new(), Calendars.Freeze("2026-03-05 00:00 to 2026-03-06 00:00"), Now, Now.AddDays(10));
        var strip = Render<EntryStrip>(all => all.Add(one => one.Line, line).Add(one => one.From, Now).Add(one => one.To, Now.AddDays(10)));
        Assert.Equal("left:5%;width:10%", strip.Find("i.freeze").GetAttribute("style"));
        Assert.Contains("first from 5 Mar 2026 00:00:00 UTC", strip.Find(".strip").GetAttribute("aria-label"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("daily", EntryKind.Freeze, "frozen", "for more than 400 days")]
    [InlineData("sat,sun", EntryKind.Freeze, "not now", "from 7 Mar 2026 00:00:00 UTC")]
    [InlineData("mon-fri 09:00-17:00", EntryKind.Window, "open", "until 4 Mar 2026 17:00:00 UTC")]
    [InlineData("2026-01-01 to 2026-01-02", EntryKind.Window, "closed", "never again within 400 days")]
    public void An_entry_says_how_it_stands_and_until_when(string when, EntryKind kind, string words, string then)
    {
        var line = CalendarDrawing.Line(new(), Calendars.Freeze(when) with { Kind = kind }, Now, Now.AddDays(14));
        Assert.Equal((words, then), (CalendarLooks.Words(line), CalendarLooks.Then(line)));
    }

    [Theory]
    [InlineData("global", "daily", "", "", null)]
    [InlineData("mars", "daily", "", "", "Scope")]
    [InlineData("global", "sometimes", "", "", "When")]
    [InlineData("global", "daily", "Middle/Earth", "", "Zone")]
    [InlineData("global", "daily", "", "24.12.2026", "Except")]
    public void A_form_is_judged_at_every_key(string scope, string when, string zone, string except, string? field)
    {
        var (entry, wrong) = new EntryForm { Id = "f", Scope = scope, When = when, Zone = zone, Except = except, Why = "peak week" }.Read();
        Assert.Equal(field is null, entry is not null);
        Assert.True(field is null || wrong!.StartsWith(field + ":", StringComparison.Ordinal), wrong);
    }

    [Fact]
    public void A_form_made_of_an_entry_reads_back_the_entry()
    {
        var entry = Calendars.Window("mon-fri 09:00-17:00", zone: null) with { Scope = Scope.OfRegion("eu"), Overrun = Overrun.FinishAz, OverrideBy = Role.Admin, Except = [new(2026, 12, 24), new(2026, 12, 25)] };
        var back = EntryForm.Of(entry).Read().Entry!;
        Assert.Equal(entry.Except.ToArray(), back.Except.ToArray());
        Assert.Equal(entry with { Except = [], Scope = Scope.Global }, back with { Except = [], Scope = Scope.Global });
        Assert.Equal("region:eu", back.Scope.ToString());
    }

    [Fact]
    public void A_card_says_who_may_approve_what_was_voided_and_what_changed()
    {
        var card = Render<ApprovalCard>(all => all.Add(one => one.Line, Line()).Add(one => one.Me, Actor.Person("bob", Role.Approver)));
        Assert.Contains("May approve: bob, carol.", card.Markup, StringComparison.Ordinal);
        Assert.Contains("no: dan changed the plan", card.Markup, StringComparison.Ordinal);
        Assert.Contains("stage 'rest' has 1 host more: us-c3", card.Find("ul.events").TextContent, StringComparison.Ordinal);
        Assert.False(card.Find(".btn.main").HasAttribute("disabled"));
    }

    [Theory]
    [InlineData("ada", Role.Admin, false, true)]
    [InlineData("bob", Role.Approver, true, true)]
    [InlineData("olga", Role.Operator, false, true)]
    [InlineData("vic", Role.Viewer, false, false)]
    public void Buttons_are_for_those_whose_answer_would_be_taken(string name, Role role, bool approves, bool refuses)
    {
        var card = Render<ApprovalCard>(all => all.Add(one => one.Line, Line()).Add(one => one.Me, Actor.Person(name, role)));
        Assert.Equal((approves, refuses), (!card.Find(".btn.main").HasAttribute("disabled"), !card.Find(".btn.danger").HasAttribute("disabled")));
    }

    [Fact]
    public void Nothing_may_be_sent_from_a_stale_page()
    {
        var card = Render<ApprovalCard>(all => all.Add(one => one.Line, Line()).Add(one => one.Me, Actor.Person("bob", Role.Approver)).Add(one => one.Stale, true));
        Assert.All(card.FindAll("button"), button => Assert.True(button.HasAttribute("disabled")));
    }

    private static ApprovalLine Line()
    {
        var voided = new Approval("rest", "1111", "person:bob", "fine", Now.AddHours(-1), Now.AddHours(23)) { Voided = "dan changed the plan", VoidedAt = Now };
        return new("r1", "web", "2.0", "rest", "2222", new ApprovalRule { Count = 2 }, new Wait("approval", Now, Now.AddHours(24), "two people", "the stage begins"), [voided], 0, ["bob", "carol"], ["stage 'rest' has 1 host more: us-c3"], 7);
    }
}
