namespace OpsConsole.Engine.Rollouts.Notifications;

/// <summary>What whoever starts the console decides about messages.</summary>
public sealed record NotificationOptions
{
    /// <summary>Whether messages may go to this machine itself. Off: an address that somebody typed must not reach what listens here for others.</summary>
    public bool AllowLoopback { get; init; }

    /// <summary>One whole request to a webhook.</summary>
    public TimeSpan WebTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>One whole conversation with a mail server, which may greet slowly.</summary>
    public TimeSpan MailTimeout { get; init; } = TimeSpan.FromSeconds(15);
}

/// <summary>Where the console listens: links use it while no address is set.</summary>
public interface IConsoleAddress
{
    /// <summary>Without a slash at its end; null while it is not known.</summary>
    string? Address { get; }
}

internal sealed class NoAddress : IConsoleAddress
{
    public string? Address => null;
}
