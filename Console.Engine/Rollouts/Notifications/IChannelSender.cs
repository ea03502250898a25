using OpsConsole.Domain.Rollouts.Notifications;

namespace OpsConsole.Engine.Rollouts.Notifications;

/// <summary>One way a message can travel.</summary>
public interface IChannelSender
{
    /// <summary>
    /// Tries once, within a time of its own. What goes wrong on the way is an outcome, not an exception.
    /// The same letter may come again after a crash; receivers know it by its id.
    /// </summary>
    Task<SendOutcome> SendAsync(Letter letter, CancellationToken cancel);
}

/// <summary>One message, ready to go.</summary>
/// <param name="Id">Of the delivery: the same in every attempt.</param>
/// <param name="Link">To the page that shows the moment; from the console's address where that is known.</param>
public sealed record Letter(string Id, Subscription To, NoticeContent Content, string Link);
