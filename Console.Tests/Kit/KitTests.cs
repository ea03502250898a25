using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Journal;
using OpsConsole.Tests.World;
using OpsConsole.Web.Kit;

namespace OpsConsole.Tests.Kit;

public sealed class KitTests : BunitContext
{
    private readonly ManualClock _clock = new();

    public KitTests()
    {
        Services.AddSingleton<TimeProvider>(_clock);
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Theory]
    [InlineData(0.34, "0.3 s")]
    [InlineData(42, "42 s")]
    [InlineData(360, "6 min")]
    [InlineData(7_800, "2 h 10 min")]
    [InlineData(273_600, "3 d 4 h")]
    public void Ages_are_said_as_people_say_them(double seconds, string words) => Assert.Equal(words, Ages.Words(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, 100, "0 %")]
    [InlineData(1, 41_600, "< 0.1 %")]
    [InlineData(214, 41_600, "0.5 %")]
    [InlineData(42, 100, "42 %")]
    public void Shares_never_round_something_to_nothing(long part, long whole, string words) => Assert.Equal(words, Ages.Share(part, whole));

    [Fact]
    public void A_state_is_a_word_besides_its_colour() =>
        Assert.Equal("casualty", Render<StateBadge>(all => all.Add(one => one.Kind, StateKind.Bad).AddChildContent("casualty")).Find(".state.bad").TextContent);

    [Fact]
    public void A_wait_says_what_since_until_who_and_then()
    {
        var now = _clock.GetUtcNow();
        var wait = new WaitView("eu-west-1 bakes", "1,900 of 3,000 samples", now.AddMinutes(-2), now.AddMinutes(6), "the bake ends", "evidence", "AZ c, 4 hosts");
        var card = Render<WaitCard>(all => all.Add(one => one.Wait, wait));

        Assert.Equal(["what", "since", "until", "who", "then"], card.FindAll("dt").Select(term => term.TextContent));
        Assert.Contains("in 6 min", card.Find("dl").TextContent, StringComparison.Ordinal);
        Assert.Contains("AZ c, 4 hosts", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_shows_what_why_what_to_do_and_the_evidence()
    {
        var refused = new Rejection(RejectionKind.Blocked, "fleet.one-az", "No visit can begin.", "Another AZ is in work.", "Wait.").With("holder", "h7");
        var alert = Render<RejectionAlert>(all => all.Add(one => one.Rejection, refused)).Find("[role=alert]");

        Assert.Equal("fleet.one-az", alert.GetAttribute("data-code"));
        foreach (var part in new[] { refused.What, refused.Why, refused.Do, "h7" })
        {
            Assert.Contains(part, alert.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_dangerous_action_names_its_blast_radius_and_is_not_sent_without_a_reason()
    {
        var sent = new List<string>();
        var confirm = Render<ConfirmWithReason>(all => all.Add(one => one.Id, "c").Add(one => one.Title, "Abort").Add(one => one.Action, "Abort it").Add(one => one.BlastRadius, "stops 22 hosts").Add(one => one.Send, reason =>
        {
            sent.Add(reason);
            return Task.FromResult<Rejection?>(null);
        }));
        Assert.Contains("stops 22 hosts", confirm.Markup, StringComparison.Ordinal);
        Assert.True(confirm.Find("button.danger").HasAttribute("disabled"));

        confirm.Find("textarea").Input(" it burns ");
        confirm.Find("button.danger").Click();
        Assert.Equal(["it burns"], sent);
    }

    [Fact]
    public void A_refused_action_stays_open_and_says_why()
    {
        var confirm = Render<ConfirmWithReason>(all => all.Add(one => one.Id, "c").Add(one => one.Title, "Abort").Add(one => one.Action, "Abort it").Add(one => one.BlastRadius, "x")
            .Add(one => one.Send, _ => Task.FromResult<Rejection?>(new(RejectionKind.Conflict, "a.b", "Not done.", "Too late.", "Look again."))));
        confirm.Find("textarea").Input("why");
        confirm.Find("button.danger").Click();

        Assert.Equal("a.b", confirm.Find("[role=alert]").GetAttribute("data-code"));
        Assert.DoesNotContain(JSInterop.Invocations, call => call.Identifier == "ops.close");
    }

    [Fact]
    public void A_chart_that_cannot_be_drawn_says_in_words_what_it_would_show()
    {
        JSInterop.SetupModule("./js/chart.js").Mode = JSRuntimeMode.Loose;
        JSInterop.Setup<object>("nothing");
        var chart = Render<PlotlyChart>(all => all.Add(one => one.Traces, [new PlotTrace("candidate", [1, 2], [0.1, 0.2])]).Add(one => one.Layout, new PlotLayout("share")).Add(one => one.Words, "4.1 % against 0.02 %"));

        Assert.Equal("4.1 % against 0.02 %", chart.Find("[role=img]").GetAttribute("aria-label"));
        Assert.Contains("4.1 %", chart.Find("figcaption").TextContent, StringComparison.Ordinal);
    }
}
