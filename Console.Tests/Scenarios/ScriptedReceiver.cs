using OpsConsole.Domain.Rollouts.Notifications;
using OpsConsole.Engine.Rollouts.Notifications;

namespace OpsConsole.Tests.Scenarios;

/// <summary>Who is told, outside the engine: remembers every letter, and answers as the test says, at once.</summary>
internal sealed class ScriptedReceiver : IChannelSender, IRetryChance
{
    public List<Letter> Received { get; } = [];

    /// <summary>What it answers; by default it takes everything.</summary>
    public Func<Letter, Task<SendOutcome>> Answers { get; set; } = _ => Task.FromResult(new SendOutcome(true, "taken"));

    /// <summary>Told of each letter as it comes.</summary>
    public Action<Letter> Seen { get; set; } = _ => { };

    public Task<SendOutcome> SendAsync(Letter letter, CancellationToken cancel)
    {
        Received.Add(letter);
        Seen(letter);
        return Answers(letter);
    }

    public double Of(string delivery, int attempt) => 0.5;

    /// <summary>What a subscription was told, as kinds and reminders in their order.</summary>
    public IEnumerable<string> Told(string subscription) =>
        Received.Where(letter => letter.To.Name == subscription).Select(letter => $"{letter.Content.Rollout ?? letter.Content.Where} {letter.Content.Kind}{(letter.Content.Reminder > 0 ? FormattableString.Invariant($" reminder {letter.Content.Reminder}") : "")}");
}
