using OpsConsole.Domain.Access;
using OpsConsole.Domain.Rollouts.Notifications;

namespace OpsConsole.Tests.Rollouts.Notifications;

public sealed class SubscriptionRulesTests
{
    private static readonly Subscription Web = new("ops", Channel.Webhook, "https://receiver.example/hook");
    private static readonly MailRoute Route = new("mail.example.com", 587, MailSecurity.StartTls, "console@example.com", ["oncall@example.com"]);
    private static readonly Subscription Mail = new("mail", Channel.Smtp, "oncall@example.com") { Mail = Route };

    [Fact]
    public void Good_ones_are_good()
    {
        Assert.Null(SubscriptionRules.Wrong(Web));
        Assert.Null(SubscriptionRules.Wrong(Mail));
        Assert.Null(SubscriptionRules.Wrong(Web with { Remind = TimeSpan.FromMinutes(5), Scopes = [Scope.OfService("web")], Transitions = [TransitionKind.Asks] }));
    }

    [Fact]
    public void What_is_wrong_is_named_by_its_field()
    {
        Assert.Equal("name", SubscriptionRules.Wrong(Web with { Name = "a b" })?.Field);
        Assert.Equal("channel", SubscriptionRules.Wrong(Web with { Channel = (Channel)9 })?.Field);
        Assert.Equal("scopes", SubscriptionRules.Wrong(Web with { Scopes = [Scope.OfAz("eua")] })?.Field);
        Assert.Equal("transitions", SubscriptionRules.Wrong(Web with { Transitions = [TransitionKind.Test] })?.Field);
        Assert.Equal("remind", SubscriptionRules.Wrong(Web with { Remind = TimeSpan.FromMinutes(4.9) })?.Field);
        Assert.Equal("remind", SubscriptionRules.Wrong(Web with { Remind = TimeSpan.FromHours(24.1) })?.Field);
        Assert.Equal("mail", SubscriptionRules.Wrong(Web with { Mail = Route })?.Field);
        Assert.Equal("mail", SubscriptionRules.Wrong(Mail with { Mail = null })?.Field);
        Assert.Equal("host", SubscriptionRules.Wrong(Mail with { Mail = Route with { Host = "mail server" } })?.Field);
        Assert.Equal("port", SubscriptionRules.Wrong(Mail with { Mail = Route with { Port = 0 } })?.Field);
        Assert.Equal("to", SubscriptionRules.Wrong(Mail with { Mail = Route with { To = [] } })?.Field);
        Assert.Equal("to", SubscriptionRules.Wrong(Mail with { Mail = Route with { To = ["a@example.com\r\nBcc: everybody@example.com"] } })?.Field);
        Assert.Equal("from", SubscriptionRules.Wrong(Mail with { Mail = Route with { From = "console" } })?.Field);
        Assert.Equal("security", SubscriptionRules.Wrong(Mail with { Mail = Route with { User = "console", Security = MailSecurity.None } })?.Field);
    }

    [Theory]
    [InlineData("https://receiver.example/hook", true)]
    [InlineData("http://10.0.0.7:8080/hook?token=x", true)]
    [InlineData("", false)]
    [InlineData("ftp://receiver.example/", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("https://user:secret@receiver.example/", false)]
    [InlineData("https://receiver.example/#part", false)]
    [InlineData("receiver.example/hook", false)]
    public void Addresses_are_judged(string address, bool good) => Assert.Equal(good, SubscriptionRules.WrongAddress(address) is null);

    [Fact]
    public void What_is_secret_of_an_address_is_not_shown()
    {
        Assert.Equal("https://hooks.slack.example/…", SubscriptionRules.Shown(Channel.Slack, "https://hooks.slack.example/services/T0/B0/secret"));
        Assert.Equal("https://receiver.example/hook?…", SubscriptionRules.Shown(Channel.Webhook, "https://receiver.example/hook?token=secret"));
    }
}
