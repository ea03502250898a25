namespace OpsConsole.Web.Bench;

/// <summary>One round of requests under way: how long each took, and when the last is answered. Answered requests leave nothing behind, so that the round itself gives the collector nothing to keep.</summary>
internal sealed class GrantRound(int requests)
{
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = requests;

    public LatencyHistogram Took { get; } = new();

    /// <summary>Ends with the last request, or fails with the first that failed.</summary>
    public Task Answered => _answered.Task;

    public void Count()
    {
        if (Interlocked.Decrement(ref _left) == 0)
        {
            _answered.TrySetResult();
        }
    }

    public void Fail(Exception why) => _answered.TrySetException(why);
}
