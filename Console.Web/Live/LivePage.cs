using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;

namespace OpsConsole.Web.Live;

/// <summary>A page with exactly one live view. It reads its model when its parameters change and whenever streams it watches do.</summary>
public abstract class LivePage<TModel> : ComponentBase, IAsyncDisposable
    where TModel : class
{
    [Inject]
    private LiveSources Sources { get; set; } = null!;

    protected LiveView<TModel> Live { get; private set; } = null!;

    protected TModel? Model => Live.Value;

    /// <summary>Families of streams whose changes may change the model; none means all.</summary>
    protected virtual ImmutableArray<string> Watches => [];

    /// <summary>How often the model is made again though no watched stream changed: for what is measured, not journaled. Null for never.</summary>
    protected virtual TimeSpan? ReadEvery => null;

    /// <summary>Makes the model from shared readings; quick, no I/O.</summary>
    protected abstract TModel Read();

    protected override void OnInitialized() => Live = new(Sources, Watches, Read, ReadEvery);

    protected override void OnParametersSet() => Live.Refresh();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            Live.Start(() => InvokeAsync(StateHasChanged));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Live is not null)
        {
            await Live.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}
