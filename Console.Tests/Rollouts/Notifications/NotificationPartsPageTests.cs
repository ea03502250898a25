using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Rollouts.Notifications;
using OpsConsole.Tests.World;
using OpsConsole.Web.Kit;
using OpsConsole.Web.Rollouts.Notifications;

namespace OpsConsole.Tests.Rollouts.Notifications;

/// <summary>The parts of the page Notifications, without a browser.</summary>
public sealed class NotificationPartsPageTests : BunitContext
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    public NotificationPartsPageTests()
    {
        Services.AddSingleton<TimeProvider>(new ManualClock(Now));
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Theory]
    [InlineData(DeliveryState.Waiting, 0, "to be sent", StateKind.Idle)]
    [InlineData(DeliveryState.Waiting, 1, "failed 1 time, tried again", StateKind.Warn)]
    [InlineData(DeliveryState.Delivered, 1, "delivered", StateKind.Ok)]
    [InlineData(DeliveryState.Delivered, 3, "delivered at attempt 3", StateKind.Ok)]
    [InlineData(DeliveryState.Undelivered, 12, "undelivered", StateKind.Bad)]
    [InlineData(DeliveryState.Dropped, 0, "not sent", StateKind.Idle)]
    public void A_message_says_how_it_stands_in_words_and_shape(DeliveryState state, int attempts, string words, StateKind kind)
    {
        var line = Line(state, attempts);
        Assert.Equal((words, kind), (NotificationsModel.Words(line), NotificationsModel.Kind(line)));
        var card = Render<DeliveriesCard>(all => all.Add(one => one.Lines, [line]));
        Assert.Equal(words, card.Find(".state").TextContent.Trim());
        Assert.Equal("/rollouts/r1?moment=3", card.Find("td a").GetAttribute("href"));
        Assert.Contains("answered 500", card.Markup, StringComparison.Ordinal);
        Assert.Equal(state == DeliveryState.Waiting && attempts > 0, card.Markup.Contains("next ", StringComparison.Ordinal));
    }

    [Fact]
    public void With_no_messages_the_card_says_so() => Assert.Contains("Nothing was sent yet.", Render<DeliveriesCard>(all => all.Add(one => one.Lines, [])).Markup, StringComparison.Ordinal);

    [Fact]
    public void A_link_to_a_moment_shows_what_was_seen_then()
    {
        Transition[] moments = [new(1, TransitionKind.Started, Now.AddHours(-2), "person:ada", null, null, null), new(2, TransitionKind.RollbackBegan, Now.AddHours(-1), "gate", "errors are Bad", "rest", "error-rate in eu was 0.4"), new(3, TransitionKind.RolledBack, Now, null, null, null, null)];
        var card = Render<MomentsCard>(all => all.Add(one => one.Rollout, "r1").Add(one => one.Moments, [.. moments]).Add(one => one.Shown, 2));
        Assert.Equal(["rolled back", "rollback began", "started"], card.FindAll("li a").Select(link => link.TextContent));
        var shown = card.Find("li[aria-current=true]");
        Assert.Contains("error-rate in eu was 0.4", shown.TextContent, StringComparison.Ordinal);
        Assert.Contains("errors are Bad", shown.TextContent, StringComparison.Ordinal);
        Assert.Single(card.FindAll(".blast"));
    }

    [Fact]
    public void A_form_of_a_subscription_reads_back_the_subscription()
    {
        var one = new Subscription("mail", Channel.Smtp, "to be made of the address")
        {
            Mail = new("mail.example.com", 465, MailSecurity.Tls, "c@example.com", ["a@example.com", "b@example.com"]) { User = "console" },
            Scopes = [Scope.OfService("web"), Scope.OfPartition("china")],
            Transitions = [TransitionKind.Asks, TransitionKind.Abandoned],
            Remind = TimeSpan.FromMinutes(45),
        };
        var (wish, wrong) = SubscriptionForm.Of(one).Read();
        Assert.Null(wrong);
        Assert.Equal((one.Name, one.Channel, one.Remind, one.Mail!.Host, one.Mail.Port, one.Mail.User), (wish!.Wished.Name, wish.Wished.Channel, wish.Wished.Remind, wish.Wished.Mail!.Host, wish.Wished.Mail.Port, wish.Wished.Mail.User));
        Assert.Equal<IEnumerable<string>>(one.Mail.To.ToArray(), wish.Wished.Mail.To.ToArray());
        Assert.Equal<IEnumerable<TransitionKind>>(one.Transitions.ToArray(), wish.Wished.Transitions.ToArray());
        Assert.Equal(["service:web", "partition:china"], wish.Wished.Scopes.Select(scope => scope.ToString()));
        Assert.Equal((null, null, null), (wish.Url, wish.SigningKey, wish.Password));
    }

    [Theory]
    [InlineData("ops", "https://receiver.example", "", "60", null)]
    [InlineData("ops", "https://receiver.example", "region:eu, service:web", "", null)]
    [InlineData("", "https://receiver.example", "", "60", "Name")]
    [InlineData("ops", "", "", "60", "Address")]
    [InlineData("ops", "receiver", "", "60", "Address")]
    [InlineData("ops", "https://receiver.example", "mars", "60", "Scopes")]
    [InlineData("ops", "https://receiver.example", "az:eua", "60", "Scopes")]
    [InlineData("ops", "https://receiver.example", "", "soon", "Remind")]
    [InlineData("ops", "https://receiver.example", "", "4", "Remind")]
    public void A_form_is_judged_at_every_key(string name, string url, string scopes, string remind, string? field)
    {
        var (wish, wrong) = new SubscriptionForm { Name = name, Url = url, Scopes = scopes, Remind = remind }.Read();
        Assert.Equal(field is null, wish is not null);
        Assert.True(field is null || wrong!.StartsWith(field + ":", StringComparison.Ordinal), wrong);
    }

    [Fact]
    public void A_changed_webhook_keeps_its_address_where_none_is_typed()
    {
        var form = SubscriptionForm.Of(new("ops", Channel.Webhook, "https://receiver.example/hook?…"));
        Assert.Null(form.Read().Wrong);
        Assert.Null(form.Read().Wish!.Url);
        form.Url = "receiver";
        Assert.StartsWith("Address:", form.Read().Wrong, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_may_not_is_told_what_it_needs()
    {
        var one = new Subscription("web", Channel.Webhook, "x") { Scopes = [Scope.OfService("web")] };
        Assert.Null(NotificationsModel.WhyNot(one, Actor.Person("ada", Role.Admin, Scope.OfService("web"))));
        Assert.NotNull(NotificationsModel.WhyNot(null, Actor.Person("ada", Role.Admin, Scope.OfService("web"))));
        Assert.Equal("It needs Admin.", NotificationsModel.WhyNot(one, Actor.Person("bob", Role.Approver)));
        Assert.Equal("all transitions in all scopes", NotificationsModel.Hears(one with { Scopes = [] }));
    }

    private static DeliveryLine Line(DeliveryState state, int attempts) =>
        new("msg_1", "ops", state, attempts, "web 2.0 (r1) is being rolled back", TransitionKind.RollbackBegan, "r1", Now.AddMinutes(-5), state == DeliveryState.Waiting ? Now.AddMinutes(1) : null, Now, "answered 500", "/rollouts/r1?moment=3");
}
