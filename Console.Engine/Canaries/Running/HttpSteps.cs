using System.Text;
using OpsConsole.Domain.Canaries;

namespace OpsConsole.Engine.Canaries.Running;

/// <summary>Does a canary's own steps.</summary>
public sealed class HttpSteps : ICanaryWork
{
    public bool Does(Canary canary) => !canary.Steps.IsEmpty;

    public async Task DoAsync(CanaryAttempt attempt, CancellationToken cancel)
    {
        foreach (var step in attempt.Canary.Steps)
        {
            if (!await attempt.AskAsync(step.Name, Request(attempt, step), answer => Wrong(answer, step.Expect, attempt.Text), cancel).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    private static HttpRequestMessage Request(CanaryAttempt attempt, HttpStep step)
    {
        var request = new HttpRequestMessage(new HttpMethod(step.Method), new Uri(attempt.Target.Address, attempt.Text.Fill(step.Path)));
        if (step.Body is { } body)
        {
            request.Content = new ByteArrayContent(attempt.Text.Bytes(body));
        }

        foreach (var (name, value) in step.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, attempt.Text.Fill(value)))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, attempt.Text.Fill(value));
            }
        }

        return request;
    }

    internal static string? Wrong(CanaryAnswer answer, StepExpectation expect, StepText text)
    {
        if (expect.Status.IsEmpty ? answer.Status is < 200 or > 299 : !expect.Status.Contains(answer.Status))
        {
            return $"expected {(expect.Status.IsEmpty ? "200 to 299" : string.Join(" or ", expect.Status))}, got {answer.Status}";
        }

        foreach (var (name, value) in expect.Headers)
        {
            if (answer.Headers.GetValueOrDefault(name) is var got && got != text.Fill(value))
            {
                return $"expected {name} {text.Fill(value)}, got {got ?? "none"}";
            }
        }

        if (expect.Body is { } body && text.Bytes(body) is var whole && !whole.AsSpan().SequenceEqual(answer.Body))
        {
            return $"expected {whole.Length} bytes, got {answer.Body.Length} bytes that differ from byte {whole.AsSpan().CommonPrefixLength(answer.Body)} on";
        }

        return expect.Contains is { } part && !Encoding.UTF8.GetString(answer.Body).Contains(text.Fill(part), StringComparison.Ordinal)
            ? $"expected '{text.Fill(part)}' in the answer, got {answer.Body.Length} bytes without it"
            : null;
    }
}
