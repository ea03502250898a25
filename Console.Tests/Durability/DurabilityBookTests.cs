using OpsConsole.Domain.Durability;
using OpsConsole.Engine.Durability;

namespace OpsConsole.Tests.Durability;

public sealed class DurabilityBookTests
{
    private readonly ScriptedStore _store = new();
    private readonly DurabilityBook _book;

    public DurabilityBookTests() => _book = new([_store]);

    [Fact]
    public void A_store_is_counted_again_only_when_something_changed()
    {
        Assert.Equal([ScriptedStore.Name], _book.Look().AsEnumerable());
        var first = Assert.Single(_book.Views);
        Assert.Empty(_book.Look());
        Assert.Same(first, Assert.Single(_book.Views));

        _store.Lose(0);
        Assert.Equal([ScriptedStore.Name], _book.Look().AsEnumerable());
        var second = _book.Find("storage", "eu-9")!;
        Assert.Equal("eu-9a-0", Assert.Single(second.Gone));
        Assert.Equal(8, second.Reading.Now.Missing);
        Assert.True(second.Reading.Now.Loss > first.Reading.Now.Loss);
        Assert.True(second.TimeToSteady(second.Reading.Now) >= second.Reading.Table.Assumed.MeanRepair);
    }

    [Fact]
    public void Hosts_that_come_back_leave_no_trace()
    {
        _book.Look();
        var whole = _book.Views[0];
        _store.Lose(0, 13, 25);
        _book.Look();
        _store.Lose();
        _book.Look();
        Assert.Equal(whole.Histogram.AsEnumerable(), _book.Views[0].Histogram);
        Assert.Equal(TimeSpan.Zero, _book.Views[0].TimeToSteady(_book.Views[0].Reading.Now));
    }

    [Fact]
    public void Other_assumptions_give_another_figure_and_change_nothing()
    {
        _book.Look();
        var view = _book.Views[0];
        var worse = _book.Under(view, view.From.Assumed with { AnnualFailureRate = 0.1 });
        Assert.True(worse.Reading.Now.Loss > view.Reading.Now.Loss);
        Assert.Equal(view.Reading.Now.BySlack.AsEnumerable(), worse.Reading.Now.BySlack);
        Assert.Same(view, _book.Views[0]);
        Assert.Equal(view.Reading.Now.Loss, _book.Under(view, view.From.Assumed).Reading.Now.Loss);
    }

    [Fact]
    public void A_store_that_is_told_of_no_more_goes()
    {
        _book.Look();
        _store.Shown = null;
        Assert.Equal([ScriptedStore.Name], _book.Look().AsEnumerable());
        Assert.Empty(_book.Views);
        Assert.Null(_book.Find("storage", "eu-9"));
    }

    [Fact]
    public void A_set_that_cannot_be_read_has_no_time_to_steady()
    {
        var set = _store.Shown!.Placement.HostsOf(0).ToArray();
        _store.Lose([.. set.Take(5)]);
        _book.Look();
        var view = _book.Views[0];
        Assert.True(view.Reading.Now.LeastSlack < 0);
        Assert.Null(view.TimeToSteady(view.Reading.Now));
        Assert.Equal(1, view.Reading.Now.AnyLost);
    }

    [Fact]
    public void A_live_item_names_model_rates_and_horizon_and_each_az()
    {
        _store.Lose(0);
        _book.Look();
        var topic = new DurabilityTopic(_book);
        var item = Assert.IsType<DurabilityItem>(topic.Item("durability", Assert.Single(topic.Keys("durability"))));
        Assert.Equal((DurabilityModel.MarkovChain, 0.0136, 6.0, 8_766.0), (item.Model, item.AnnualFailureRate, item.MeanRepairHours, item.HorizonHours));
        Assert.Equal([null, "eu-9a", "eu-9b", "eu-9c"], item.IfLost.Prepend(item.Now).Select(outlook => outlook.Az));
        Assert.All(item.IfLost, outlook => Assert.True(outlook.Nines < item.Now.Nines));
        Assert.Null(topic.Item("durability", "storage/nowhere"));
    }

    [Fact]
    public void An_old_placement_says_so_and_one_from_the_journal_is_never_old()
    {
        _book.Look();
        var (view, at) = (_book.Views[0], _store.Shown!.At!.Value);
        Assert.False(view.IsStale(at + DurabilityView.FreshFor));
        Assert.True(view.IsStale(at + DurabilityView.FreshFor + TimeSpan.FromSeconds(1)));
        Assert.False((view with { From = view.From with { At = null } }).IsStale(at.AddDays(1)));
    }
}
