namespace OpsConsole.Engine.ProvingGround.Hosting;

/// <summary>The plan as it is on disk now, looked at once a second: ports may change while processes run.</summary>
internal sealed class PlanWatch : IDisposable
{
    private readonly GroundFolder _folder;
    private readonly ITimer _timer;
    private DateTime _seen;

    public PlanWatch(GroundFolder folder, TimeProvider clock)
    {
        _folder = folder;
        _seen = File.GetLastWriteTimeUtc(folder.PlanFile);
        Current = folder.ReadPlan() ?? throw new InvalidOperationException($"{folder.PlanFile} is missing: start the ground through the console");
        _timer = clock.CreateTimer(_ => Look(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public GroundPlan Current { get; private set; }

    /// <summary>Called with the new plan, on a timer's thread.</summary>
    public event Action<GroundPlan>? Changed;

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        try
        {
            var written = File.GetLastWriteTimeUtc(_folder.PlanFile);
            if (written != _seen && _folder.ReadPlan() is { } plan)
            {
                _seen = written;
                Current = plan;
                Changed?.Invoke(plan);
            }
        }
        catch (Exception e) when (e is IOException or System.Text.Json.JsonException or GroundLayoutException)
        {
            // Seen again in a second.
        }
    }
}
