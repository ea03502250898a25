using System.Diagnostics;

namespace OpsConsole.Web.Bench;

/// <summary>Sends requests when they are due, whatever became of those before, from a thread of its own: one that shared the pool with the answers would be late when they are, and timers of the pool are up to 2 ms late by themselves.</summary>
internal static class OpenLoop
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);

    /// <param name="send">Begins a request and returns; is given its number and when it was due, as <see cref="Stopwatch.GetTimestamp"/>.</param>
    /// <returns>How many were sent a second.</returns>
    public static Task<double> SendAsync(int requests, double perSecond, Action<int, long> send, CancellationToken cancel)
    {
        var done = new TaskCompletionSource<double>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            var began = Stopwatch.GetTimestamp();
            var sent = 0;
            while (sent < requests)
            {
                var due = Math.Min(requests, (int)(Stopwatch.GetElapsedTime(began).TotalSeconds * perSecond) + 1);
                for (; sent < due; sent++)
                {
                    send(sent, began + (long)(sent / perSecond * Stopwatch.Frequency));
                }

                if (cancel.WaitHandle.WaitOne(Look))
                {
                    done.SetCanceled(cancel);
                    return;
                }
            }

            done.SetResult(sent / Stopwatch.GetElapsedTime(began).TotalSeconds);
        }) { IsBackground = true, Name = "open loop" }.Start();
        return done.Task;
    }
}
