using OpsConsole.Engine.Noodles.Steps;

namespace OpsConsole.Engine.Noodles.S3;

/// <summary>How long the store's answers take, into a metric of the scenario's own.</summary>
internal sealed class TimedSteps : IStepLibrary
{
    private const int MostTimes = 1_000;

    public string Owner => "s3";

    public void Define(StepBook book) =>
        book.Step("the object {string} is read {int} times, each observed of the metric {string}", "GET one after another; each must succeed, and its time, to the last byte, is observed in milliseconds.", ReadAsync);

    private static async Task ReadAsync(StepCall call)
    {
        if (call.Number(1) is < 1 or > MostTimes)
        {
            throw new BrokenTestException($"An object is read 1 to {MostTimes} times.");
        }

        for (var time = 0; time < call.Number(1); time++)
        {
            var began = call.World.Clock.GetTimestamp();
            await call.MustAsync(new("GET", call.S3().Bucket, call.Text(0))).ConfigureAwait(false);
            MetricSteps.Observe(call, call.World.Clock.GetElapsedTime(began).TotalMilliseconds, 1, call.Text(2), null);
        }
    }
}
