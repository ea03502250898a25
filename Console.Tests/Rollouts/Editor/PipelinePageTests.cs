using System.Text;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Reservations.Safety;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Tests.Scenarios;
using OpsConsole.Web.Rollouts.Editor;
using OpsConsole.Web.Rollouts.Preview;

namespace OpsConsole.Tests.Rollouts.Editor;

/// <summary>The editor of pipelines without a browser: what is written, what is said of it, and what is saved.</summary>
public sealed class PipelinePageTests : BunitContext
{
    private const string Good = """
        name: mine
        service: web
        window: 1s
        stages:
          - name: everywhere
            oneBox: { for: 30s, extend: 1m }
        """;

    [Fact]
    public async Task A_valid_file_shows_what_it_would_do_and_is_saved_only_with_a_reason()
    {
        var scenario = await ScenarioAsync(Role.Admin);
        var page = Render<PipelinePage>(all => all.Add(one => one.Name, PipelineEditor.New));

        await TypeAsync(page, Good);

        Assert.Equal("valid", page.Find("#pipeline-errors .state").TextContent);
        Assert.Contains("12 hosts in 2 regions, 12 batches", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Expected end", page.Markup, StringComparison.Ordinal);
        Assert.Equal(0, scenario.States.VersionOf(PipelineStreams.Of("mine")));

        page.Find("#pipeline-save textarea").Input("a first way");
        await page.Find("#pipeline-save .danger").ClickAsync(new());
        Assert.Equal(Good, scenario.States.Get<PipelineFile>(PipelineStreams.Of("mine")).Text);
        Assert.Equal("a first way", scenario.Events[^1].Reason);
    }

    [Fact]
    public async Task Every_error_comes_at_once_with_its_line_and_nothing_can_be_saved()
    {
        await ScenarioAsync(Role.Admin);
        var page = Render<PipelinePage>(all => all.Add(one => one.Name, PipelineEditor.New));

        await TypeAsync(page, "name: mine\nservice: web\nwindow: soon\nfloor: 3\nstages:\n  - name: one\n    batch: many\n");

        Assert.Equal(["3", "4", "7"], page.FindAll("#pipeline-errors [data-line]").Select(button => button.GetAttribute("data-line")));
        Assert.Equal("true", page.Find("#pipeline-text").GetAttribute("aria-invalid"));
        Assert.True(page.Find(".actions .btn.main").HasAttribute("disabled"));
        Assert.Contains("Correct them to see the plan.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_are_shown_line_by_line_and_as_what_the_plan_makes_of_them()
    {
        var scenario = await ScenarioAsync(Role.Admin);
        await scenario.MustAsync(new SavePipeline(OpsConsole.Engine.Rollouts.PipelineReader.Read(Good).Content!, Good));
        var page = Render<PipelinePage>(all => all.Add(one => one.Name, "mine"));
        Assert.True(page.Find(".actions .btn.main").HasAttribute("disabled"));

        await TypeAsync(page, Good.Replace("30s", "90s", StringComparison.Ordinal));

        Assert.Equal(["gone", "added"], page.FindAll(".diff span").Select(line => line.ClassName));
        Assert.Contains("the bake after batch 1 of eu in stage 'everywhere' is 90 s, was 30 s", page.Markup, StringComparison.Ordinal);
        Assert.False(page.Find(".actions .btn.main").HasAttribute("disabled"));

        await TypeAsync(page, Good.Replace("name: mine", "name: yours", StringComparison.Ordinal));
        Assert.Contains("is of the pipeline 'yours'", page.Find(".errors li").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_saved_in_between_is_not_overwritten()
    {
        var scenario = await ScenarioAsync(Role.Admin);
        await scenario.MustAsync(new SavePipeline(OpsConsole.Engine.Rollouts.PipelineReader.Read(Good).Content!, Good));
        var page = Render<PipelinePage>(all => all.Add(one => one.Name, "mine"));
        var theirs = Good.Replace("30s", "31s", StringComparison.Ordinal);
        await scenario.MustAsync(new SavePipeline(OpsConsole.Engine.Rollouts.PipelineReader.Read(theirs).Content!, theirs));

        await TypeAsync(page, Good.Replace("30s", "32s", StringComparison.Ordinal));
        page.Find("#pipeline-save textarea").Input("mine is better");
        await page.Find("#pipeline-save .danger").ClickAsync(new());

        Assert.NotEmpty(page.FindAll("#pipeline-save [role=alert]"));
        Assert.Equal(theirs, scenario.States.Get<PipelineFile>(PipelineStreams.Of("mine")).Text);
    }

    [Fact]
    public async Task Who_may_not_save_has_no_button()
    {
        await ScenarioAsync(Role.Operator);

        var page = Render<PipelinePage>(all => all.Add(one => one.Name, PipelineEditor.New));

        Assert.Empty(page.FindAll(".actions"));
        Assert.Contains("you may look, not save", page.Markup, StringComparison.Ordinal);
    }

    private async Task<Scenario> ScenarioAsync(Role role)
    {
        var scenario = await SmallFleet.StartedAsync(start: false);
        JSInterop.Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./js/editor.js").Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./js/chart.js").Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<TimeProvider>(scenario.Clock);
        Services.AddSingleton(new PipelineEditor(scenario.States, new ForecastBook(scenario.States, scenario.Service<ISafetyAuthorities>(), scenario.Clock)));
        Services.AddSingleton(new PipelineDesk(scenario.Commands, new Somebody(role)));
        ComponentFactories.AddStub<ReplayCard>();
        return scenario;
    }

    private static Task TypeAsync(IRenderedComponent<PipelinePage> page, string text) => page.InvokeAsync(() => page.Instance.ChangedAsync(new Typed(text)));

    private sealed class Typed(string text) : IJSStreamReference
    {
        public long Length => text.Length;

        public ValueTask<Stream> OpenReadStreamAsync(long maxAllowedSize = 512000, CancellationToken cancellationToken = default) => ValueTask.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(text)));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
