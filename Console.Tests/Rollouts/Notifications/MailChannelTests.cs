using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.DataProtection;
using OpsConsole.Domain.Rollouts.Notifications;
using OpsConsole.Engine.Rollouts.Notifications;

namespace OpsConsole.Tests.Rollouts.Notifications;

/// <summary>Mail against a real SMTP server (the package SmtpServer) on loopback.</summary>
[Trait("Category", "Integration")]
public sealed class MailChannelTests
{
    private const string Password = "correct horse";
    private static readonly NoticeContent Content = new("web 2.0 (r1) waits for approval of stage 'rest'", TransitionKind.ApprovalAsked, new(2026, 1, 5, 3, 0, 0, TimeSpan.Zero), "/rollouts/r1?moment=4", true) { Evidence = "naïve: 0,4 → zu viel" };
    private readonly SubscriptionSecrets _secrets = new(new EphemeralDataProtectionProvider());

    [Fact]
    public async Task A_mail_arrives_with_subject_text_link_and_an_id_that_stays_the_same()
    {
        await using var server = LoopbackMailServer.Start();
        var channel = Channel();
        Assert.True((await channel.SendAsync(Letter(server.Port, MailSecurity.None, null), CancellationToken.None)).Accepted);
        Assert.True((await channel.SendAsync(Letter(server.Port, MailSecurity.None, null), CancellationToken.None)).Accepted);

        var mails = server.Mails.ToArray();
        Assert.Equal(2, mails.Length);
        Assert.Equal(["msg_1@example.com"], mails.Select(mail => mail.MessageId).Distinct());
        Assert.Equal(("web 2.0 (r1) waits for approval of stage 'rest'", "console@example.com", "oncall@example.com,lead@example.com"), (mails[0].Subject, mails[0].From.ToString(), string.Join(',', mails[0].To.Mailboxes.Select(to => to.Address))));
        Assert.Equal("auto-generated", mails[0].Headers["Auto-Submitted"]);
        Assert.Contains("https://console.example/rollouts/r1?moment=4", mails[0].TextBody, StringComparison.Ordinal);
        Assert.Contains("Evidence: naïve: 0,4 → zu viel", mails[0].TextBody, StringComparison.Ordinal);
        Assert.Contains("Simulated: all of it", mails[0].TextBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MailSecurity.StartTls)]
    [InlineData(MailSecurity.Tls)]
    public async Task With_TLS_and_a_password_it_is_handed_over_and_with_a_wrong_one_it_is_not(MailSecurity security)
    {
        await using var server = LoopbackMailServer.Start(tls: security == MailSecurity.Tls, user: ("console", Password));
        var channel = Channel(trust: true);
        var good = await channel.SendAsync(Letter(server.Port, security, Password), CancellationToken.None);
        Assert.True(good.Accepted, good.Detail);
        var bad = await channel.SendAsync(Letter(server.Port, security, "wrong horse"), CancellationToken.None);
        Assert.False(bad.Accepted);
        Assert.DoesNotContain("horse", bad.Detail, StringComparison.Ordinal);
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_and_a_server_without_STARTTLS_get_no_password_and_no_mail()
    {
        await using var server = LoopbackMailServer.Start(user: ("console", Password));
        var untrusted = await Channel().SendAsync(Letter(server.Port, MailSecurity.StartTls, Password), CancellationToken.None);
        Assert.Equal((false, "the server's certificate is not trusted, or TLS failed"), (untrusted.Accepted, untrusted.Detail));

        await using var plain = LoopbackMailServer.Start();
        Assert.False((await Channel(trust: true).SendAsync(Letter(plain.Port, MailSecurity.StartTls, Password), CancellationToken.None)).Accepted);
        Assert.Empty(server.Mails.Concat(plain.Mails));
        Assert.Equal(0, server.SignIns + plain.SignIns);
    }

    [Fact]
    public async Task A_server_that_never_greets_is_left_when_its_time_is_over_and_nobody_there_is_a_failure()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        Assert.Equal((false, "not handed over within 2 s"), (await Channel().SendAsync(Letter(port, MailSecurity.None, null), CancellationToken.None)) is var outcome ? (outcome.Accepted, outcome.Detail) : default);
        silent.Stop();
        Assert.False((await Channel().SendAsync(Letter(port, MailSecurity.None, null), CancellationToken.None)).Accepted);
    }

    [Fact]
    public async Task Nothing_is_handed_to_this_machine_unless_it_was_started_so()
    {
        await using var server = LoopbackMailServer.Start();
        var outcome = await new MailChannel(_secrets, new(), TimeProvider.System).SendAsync(Letter(server.Port, MailSecurity.None, null), CancellationToken.None);
        Assert.Contains("this machine itself", outcome.Detail, StringComparison.Ordinal);
        Assert.Empty(server.Mails);
    }

    private MailChannel Channel(bool trust = false) =>
        new(_secrets, new() { AllowLoopback = true, MailTimeout = TimeSpan.FromSeconds(trust ? 30 : 2) }, TimeProvider.System) { Certificates = trust ? (_, certificate, _, _) => certificate?.Subject == "CN=127.0.0.1" : null };

    private Letter Letter(int port, MailSecurity security, string? password)
    {
        var route = new MailRoute("127.0.0.1", port, security, "console@example.com", ["oncall@example.com", "lead@example.com"]) { User = password is null ? null : "console" };
        return new("msg_1", new("mail", Domain.Rollouts.Notifications.Channel.Smtp, "shown") { Mail = route, Secret = _secrets.Protect(new(null, null, password)) }, Content, "https://console.example/rollouts/r1?moment=4");
    }
}
