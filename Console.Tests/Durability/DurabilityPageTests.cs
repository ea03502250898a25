using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Engine.Durability;
using OpsConsole.Tests.World;
using OpsConsole.Web.Durability;
using OpsConsole.Web.Kit;

namespace OpsConsole.Tests.Durability;

/// <summary>What the page says, and its form, without a browser.</summary>
public sealed class DurabilityPageTests : BunitContext
{
    private readonly ScriptedStore _store = new();
    private readonly DurabilityReader _reader;
    private readonly DurabilityBook _book;

    public DurabilityPageTests()
    {
        _book = new([_store]);
        _reader = new(_book);
        Services.AddSingleton(_reader);
        Services.AddSingleton<TimeProvider>(new ManualClock());
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void Every_figure_stands_beside_model_rates_and_horizon()
    {
        _store.Lose(0);
        _book.Look();
        var model = DurabilityPageModel.Of(_book.Views, null, _store.Shown!.At!.Value);
        var shown = model.Shown!;
        Assert.Equal("Markov chain, AFR 1.36 %, repair 6 h 0 min (one shard after another), horizon 365 d 6 h, no loss of an AZ besides the one named, no bursts", shown.RestsOn);
        Assert.Equal(["now", "if eu-9a is lost", "if eu-9b is lost", "if eu-9c is lost"], shown.Rows.Select(row => row.When));
        Assert.All(shown.Rows, row => Assert.EndsWith(" nines", row.Nines, StringComparison.Ordinal));
        Assert.Equal("8 sets slack 3, 24 sets slack 4.", shown.SlackWords);
        Assert.Equal(StateKind.Warn, shown.Rows[2].Kind);
        Assert.False(model.Stale);
    }

    [Fact]
    public void Nines_are_never_rounded_up()
    {
        Assert.Equal("12.99 nines", Says.Nines(1.0001520112156354e-13));
        Assert.Equal("more than a double holds", Says.Nines(0));
        Assert.Equal("0 0.25 1.5e-9", $"{Says.Number(0)} {Says.Number(0.25)} {Says.Number(1.5e-9)}");
    }

    [Fact]
    public void An_unknown_store_is_not_another_one()
    {
        _book.Look();
        var model = DurabilityPageModel.Of(_book.Views, "storage/mars", DateTimeOffset.UnixEpoch);
        Assert.Null(model.Shown);
        Assert.Single(model.Stores);
    }

    [Fact]
    public void The_form_tells_what_would_be_lost_and_refuses_what_is_not_there()
    {
        _book.Look();
        var form = new WhatIfForm(_reader);
        form.Ask(_book.Views[0]);
        Assert.Equal("durability.what-if", form.Refused!.Code);

        form.Choose("eu-9b", true);
        form.Ask(_book.Views[0]);
        Assert.Null(form.Refused);
        Assert.Equal("Nothing would be lost; the sets left with least may lose 1 more.", form.Verdict);

        form.Names = "eu-9a/r0, eu-9a/r1\neu-9a/r2 nobody";
        form.Ask(_book.Views[0]);
        Assert.Contains("nobody", form.Refused!.Why, StringComparison.Ordinal);

        form.Names = "eu-9a/r0, eu-9a/r1\neu-9a/r2";
        form.Ask(_book.Views[0]);
        Assert.Equal((32, "32 sets could not be read any more."), (form.Answer!.Lost, form.Verdict));
    }

    [Fact]
    public void The_card_shows_the_answer_and_the_sets_that_would_go()
    {
        _book.Look();
        var card = Render<WhatIfCard>(all => all.Add(one => one.View, _book.Views[0]));
        card.FindAll("input[type=checkbox]")[0].Change(true);
        card.FindAll("input[type=checkbox]")[1].Change(true);
        card.Find("form").Submit();
        Assert.Contains("32 sets could not be read any more.", card.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Equal(32, card.FindAll("tbody tr").Count);
        Assert.Contains("AFR 1.36 %", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Integrity_is_told_where_the_store_tells()
    {
        Assert.Contains("does not tell", Render<IntegrityCard>().Markup, StringComparison.Ordinal);
        var seen = new StoreIntegrity(8, 9, 400, 3, 1e-11, 0.4, TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(60), [0, 0, 1, 1, 0, 40], 2, TimeSpan.FromSeconds(30), 7, 0);
        var card = Render<IntegrityCard>(all => all.Add(one => one.Integrity, seen));
        Assert.Contains("1 slack 1, 1 slack 2, 40 slack 4 (whole)", card.Markup, StringComparison.Ordinal);
        Assert.Equal(2, card.FindAll(".is-bad").Count);
    }
}
