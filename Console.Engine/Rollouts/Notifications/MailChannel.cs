using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using OpsConsole.Domain.Rollouts.Notifications;

namespace OpsConsole.Engine.Rollouts.Notifications;

/// <summary>Hands a mail to one server. The message's id makes a second copy known to what filters by it.</summary>
public sealed class MailChannel(SubscriptionSecrets secrets, NotificationOptions options, TimeProvider clock) : IChannelSender
{
    private const int LongestDetail = 300;

    /// <summary>Null to trust what this machine trusts, which is how it runs; tests have a server of their own.</summary>
    internal RemoteCertificateValidationCallback? Certificates { get; init; }

    public async Task<SendOutcome> SendAsync(Letter letter, CancellationToken cancel)
    {
        if (letter.To.Mail is not { } route || secrets.Read(letter.To) is not { } secret)
        {
            return SubscriptionSecrets.Unreadable;
        }

        using var deadline = new CancellationTokenSource(options.MailTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        try
        {
            using var client = new SmtpClient { ServerCertificateValidationCallback = Certificates, CheckCertificateRevocation = false, Timeout = (int)options.MailTimeout.TotalMilliseconds };
            using var message = Message(letter, route);
            var socket = await TargetPolicy.ConnectAsync(route.Host, route.Port, route.Security == MailSecurity.None, options.AllowLoopback, either.Token).ConfigureAwait(false);
            await client.ConnectAsync(socket, route.Host, route.Port, Security(route.Security), either.Token).ConfigureAwait(false);
            if (route.User is { } user)
            {
                await client.AuthenticateAsync(user, secret.Password ?? "", either.Token).ConfigureAwait(false);
            }

            var answer = await client.SendAsync(message, either.Token).ConfigureAwait(false);
            return new(true, Clip($"handed over: {answer}"));
        }
        catch (Exception e) when (e is (OperationCanceledException or TimeoutException) && !cancel.IsCancellationRequested)
        {
            return new(false, string.Create(CultureInfo.InvariantCulture, $"not handed over within {options.MailTimeout.TotalSeconds:0.#} s"));
        }
        catch (Exception e) when (e is IOException or SocketException or ProtocolException or AuthenticationException or SslHandshakeException or CommandException or ServiceNotConnectedException or NotSupportedException)
        {
            return new(false, Clip(e is SslHandshakeException ? "the server's certificate is not trusted, or TLS failed" : e.Message));
        }
    }

    private MimeMessage Message(Letter letter, MailRoute route)
    {
        var message = new MimeMessage { Subject = letter.Content.Title, Date = clock.GetUtcNow(), MessageId = $"{letter.Id}@{route.From[(route.From.IndexOf('@', StringComparison.Ordinal) + 1)..]}", Body = new TextPart("plain") { Text = MessageText.Plain(letter) } };
        message.From.Add(MailboxAddress.Parse(route.From));
        message.To.AddRange(route.To.Select(to => MailboxAddress.Parse(to)));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private static SecureSocketOptions Security(MailSecurity security) =>
        security switch
        {
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            MailSecurity.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        };

    private static string Clip(string text)
    {
        var line = new string([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]).Trim();
        return line.Length > LongestDetail ? $"{line[..(LongestDetail - 1)]}…" : line;
    }
}
