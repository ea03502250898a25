using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts.Notifications;

namespace OpsConsole.Engine.Rollouts.Notifications;

/// <summary>
/// Sends beside the tick: of each subscription one letter at a time, so that a receiver that hangs keeps nobody else waiting. What came of it lies here until the
/// journal has it, and until then the letter counts as under way: an answered letter is not sent again.
/// </summary>
public sealed partial class NoticePost(Func<Channel, IChannelSender> senders, ILogger<NoticePost> log) : IDisposable
{
    private readonly ConcurrentDictionary<string, string> _busy = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Answer> _answers = new();
    private readonly CancellationTokenSource _ended = new();

    /// <summary>Whether the subscription takes a letter now.</summary>
    public bool IsFree(string subscription) => !_busy.ContainsKey(subscription);

    public void Send(StreamId book, Letter letter)
    {
        if (_busy.TryAdd(letter.To.Name, letter.Id))
        {
            _ = SendAsync(book, letter);
        }
    }

    /// <summary>The oldest answer the journal has not got; it stays until <see cref="Kept"/>.</summary>
    public bool TryPeek(out Answer answer) => _answers.TryPeek(out answer!);

    /// <summary>The journal has the oldest answer.</summary>
    public void Kept()
    {
        if (_answers.TryDequeue(out var answer))
        {
            _busy.TryRemove(answer.Subscription, out _);
        }
    }

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }

    private async Task SendAsync(StreamId book, Letter letter)
    {
        SendOutcome outcome;
        try
        {
            outcome = await senders(letter.To.Channel).SendAsync(letter, _ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception e)
        {
            LogSenderThrew(e, letter.To.Name);
            outcome = new(false, $"the console could not send it: {e.GetType().Name}");
        }

        _answers.Enqueue(new(book, letter.Id, letter.To.Name, outcome));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "sending to the subscription {Subscription} threw; the message is tried again")]
    private partial void LogSenderThrew(Exception e, string subscription);

    public sealed record Answer(StreamId Book, string Delivery, string Subscription, SendOutcome Outcome);
}
