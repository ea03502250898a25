using System.Text.Json;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Maintenance;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Rules.Bands;
using OpsConsole.Domain.Alarms.Streams;
using OpsConsole.Engine.Alarms.Audit;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Live;
using OpsConsole.Tests.Alarms.Rules;
using OpsConsole.Tests.Alarms.Watch;
using OpsConsole.Web.Alarms;
using OpsConsole.Web.Alarms.Forms;
using OpsConsole.Web.Live;

namespace OpsConsole.Tests.Alarms.Web.Forms;

/// <summary>Alarms and maintenance windows in the browser, without a browser: what is typed, what is said of it, and what is sent.</summary>
public sealed class AlarmFormTests : BunitContext
{
    private readonly AlarmEngine _engine = new();

    public AlarmFormTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./js/chart.js").Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<TimeProvider>(_engine.Clock);
        Services.AddSingleton(new AlarmDrafts(_engine.Get<ICommands>(), _engine.States, new FleetSummaries(_engine.States, _engine.Get<LiveFeed>(), _engine.Clock), _engine.Store, _engine.Clock));
        Services.AddSingleton<IViewer>(new Somebody());
        Services.AddSingleton(provider => new AlarmDesk(_engine.Get<ICommands>(), provider.GetRequiredService<IViewer>(), _engine.Get<AlarmAuditor>()));
    }

    public static TheoryData<string> Alarms() => [.. Samples.Keys];

    private static Dictionary<string, AlarmDefinition> Samples { get; } = new(StringComparer.Ordinal)
    {
        ["threshold"] = new("a", Scope.Global) { Service = "web", Description = "look", Tags = ["x", "y"], Rule = AlarmWorld.Rule with { Period = TimeSpan.FromSeconds(10), Bad = 2, Of = 3, MinSamples = 4, Missing = MissingTreatment.Breaching } },
        ["formula"] = new("a", Scope.Global) { Actions = false, Essential = "errors", Rule = new([new("e", new StreamSelector("errors"), Statistic.Sum), new("r", new StreamSelector("request-ms") { Az = "eu-1" }, Statistic.Percentile(99.9))], Comparison.LessOrEqual, 0.125) { Expression = "e / r" } },
        ["band"] = new("a", Scope.Global) { Rule = AlarmWorld.Rule with { Threshold = 0, Band = new(3.5, BandSide.Below) { LeastSpread = 0.25, From = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero) } } },
        ["composite"] = new("a", Scope.Global) { Composite = new("ALARM(web/b) AND NOT OK(web/c)") { Suppressor = "web/d", Wait = TimeSpan.FromSeconds(30), Extension = TimeSpan.Zero } },
    };

    [Theory]
    [MemberData(nameof(Alarms))]
    public void What_is_shown_of_an_alarm_reads_as_the_same_alarm(string sample)
    {
        var read = AlarmForm.Of("web", Samples[sample]).Read(scope => scope, out var errors);
        Assert.Empty(errors);
        Assert.Equal(JsonSerializer.Serialize(Samples[sample]), JsonSerializer.Serialize(read));
    }

    [Fact]
    public void All_that_is_wrong_is_said_with_its_field()
    {
        var form = new AlarmForm { Group = "a b", Name = "", Scope = "az:mars", Threshold = "much", PeriodSeconds = "-1", Bad = "4", Last = "3", MinSamples = "x" };
        form.Inputs[0].Streams = "errors{colour=red}";
        Assert.Null(form.Read(_ => null, out var errors));
        Assert.Superset(new HashSet<string> { "scope", "group", "name", "rule.threshold", "rule.period", "rule.bad", "rule.minSamples", "rule.inputs[0].streams" }, errors.Select(error => error.Path).ToHashSet());
    }

    [Fact]
    public async Task An_alarm_is_rehearsed_before_it_is_put_and_put_with_a_reason()
    {
        await _engine.PassAsync(400, at => _engine.Store.Add(new("errors") { Region = "eu" }, at.Second < 20 ? 9 : 0, at));
        var page = Render<AlarmFormPage>();
        Assert.True(Put(page).HasAttribute("disabled"));
        Type(page, "Group", "web");
        Type(page, "Name", "errors");
        Type(page, "Streams", "errors");
        Type(page, "Statistic", "sum");
        Type(page, "Period (s)", "10");
        Type(page, "Threshold", "much");
        Assert.Contains("give a number", page.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.True(Put(page).HasAttribute("disabled"));
        Type(page, "Threshold", "50");
        Assert.Matches("gone to ALARM [1-9]", page.Find("[role=status]").TextContent);
        Assert.False(Put(page).HasAttribute("disabled"));
        Assert.Equal(0, _engine.States.VersionOf(AlarmStreams.Of("web")));

        page.Find("#alarm-put textarea").Input("we were blind there");
        Assert.Contains("rollouts there whose gates obey alarms are held by it", page.Find("#alarm-put .blast").TextContent, StringComparison.Ordinal);
        await page.Find("#alarm-put .danger").ClickAsync(new());
        Assert.Equal(50, _engine.Alarm("web", "errors").Definition.Rule!.Threshold);
        Assert.Equal(("we were blind there", "person:eve"), (_engine.Events[^1].Reason, _engine.Events[^1].Actor));
    }

    [Fact]
    public async Task The_deciders_own_refusals_are_shown_while_it_is_written()
    {
        await _engine.PutAsync("web", AlarmWorld.Metric("errors") with { Scope = Scope.Global });
        var drafts = Services.GetRequiredService<AlarmDrafts>();
        var form = new AlarmForm { Group = "web", Name = "all", Kind = AlarmKind.Composite, Composite = "ALARM(web/nobody)" };
        var admin = Actor.Person("eve", Role.Admin);
        Assert.Equal("alarms.unknown-child", drafts.Look(form, admin).Refused?.Code);
        form.Composite = "ALARM(web/errors) OR";
        Assert.NotNull(drafts.Look(form, admin).Of("composite.expression"));
        form.Composite = "ALARM(web/errors)";
        Assert.True(drafts.Look(form, admin).MayBePut);
        Assert.Contains("web/errors is INSUFFICIENT_DATA", drafts.Look(form, admin).Says, StringComparison.Ordinal);
        Assert.NotNull(drafts.Look(form, Actor.Person("vic", Role.Viewer)).Refused);
        Assert.False(drafts.Look(drafts.Existing(new("web", "errors"))!, admin).Changed);
    }

    [Fact]
    public async Task A_window_names_what_it_silences_asks_for_a_reason_and_ends_early()
    {
        await _engine.PutAsync("web", AlarmWorld.Metric("errors"), AlarmWorld.Metric("feeds") with { Actions = false });
        var card = Render<MaintenanceCard>();
        card.Find("#mute-scope").Input("az:mars");
        Assert.Contains("no such place", card.Find("#alarm-mute .blast").TextContent, StringComparison.Ordinal);
        card.Find("#mute-scope").Input("service:web");
        card.Find("#mute-minutes").Input("30");
        Assert.Contains("1 alarm would tell nobody: web/errors", card.Find("#alarm-mute .blast").TextContent, StringComparison.Ordinal);
        Assert.True(card.Find("#alarm-mute .danger").HasAttribute("disabled"));
        card.Find("#mute-reason").Input("we change the switches");
        await card.Find("#alarm-mute .danger").ClickAsync(new());
        var window = Assert.Single(Book.Windows);
        Assert.Equal((TimeSpan.FromMinutes(30), "we change the switches"), (window.To - window.From, window.Reason));

        _engine.Clock.Advance(TimeSpan.FromMinutes(5));
        card.Render(all => all.Add(one => one.Windows, [.. Book.Windows]));
        await card.Find("td .btn").ClickAsync(new());
        card.Find("#mute-end textarea").Input("done early");
        await card.Find("#mute-end .danger").ClickAsync(new());
        Assert.Empty(Book.Windows);

        // What went on in it is still not learned from.
        Assert.Equal(window.From.AddMinutes(5), Assert.Single(Book.Past).To);
    }

    private MaintenanceBook Book => _engine.States.Get<MaintenanceBook>(MaintenanceStreams.Only);

    private static AngleSharp.Dom.IElement Put(IRenderedComponent<AlarmFormPage> page) => page.Find(".stack .btn.main");

    private static void Type(IRenderedComponent<AlarmFormPage> page, string label, string text) =>
        page.FindAll("label").Single(one => one.TextContent.Trim().StartsWith(label, StringComparison.Ordinal) && one.QuerySelector("input[type=text]") is not null).QuerySelector("input")!.Input(text);

    private sealed class Somebody : IViewer
    {
        public ValueTask<Actor> ActorAsync(System.Security.Claims.ClaimsPrincipal? user = null) => ValueTask.FromResult(Actor.Person("eve", Role.Admin));
    }
}
