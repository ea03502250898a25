using System.Text.Json;
using OpsConsole.Domain.Rollouts.Notifications;

namespace OpsConsole.Engine.Rollouts.Notifications;

/// <summary>What Slack's incoming webhooks take: a text for lists and screen readers, and blocks.</summary>
public sealed class SlackChannel(WebPost post, SubscriptionSecrets secrets) : IChannelSender
{
    /// <summary>Slack's own limit of a section's text.</summary>
    private const int LongestSection = 3_000;

    /// <summary>And of a header's.</summary>
    private const int LongestHeader = 150;

    public async Task<SendOutcome> SendAsync(Letter letter, CancellationToken cancel)
    {
        if (secrets.Read(letter.To) is not { Url: { } url })
        {
            return SubscriptionSecrets.Unreadable;
        }

        return await post.PostAsync(url, JsonSerializer.SerializeToUtf8Bytes(Body(letter)), [("webhook-id", letter.Id)], cancel).ConfigureAwait(false);
    }

    internal static object Body(Letter letter)
    {
        var title = Clip(letter.Content.Title, LongestHeader);
        var lines = string.Join('\n', MessageText.Lines(letter.Content).Select(line => $"*{line.Name}:* {Escaped(line.Text)}"));
        return new
        {
            text = Escaped(letter.Content.Title),
            blocks = new object[]
            {
                new { type = "header", text = new { type = "plain_text", text = title } },
                new { type = "section", text = new { type = "mrkdwn", text = Clip(lines, LongestSection) } },
                new { type = "section", text = new { type = "mrkdwn", text = $"<{Escaped(letter.Link)}|Look at this moment>" } },
                new { type = "context", elements = new object[] { new { type = "mrkdwn", text = $"{letter.Id}, subscription {Escaped(letter.To.Name)}" } } },
            },
        };
    }

    /// <summary>The three letters that Slack reads as its own.</summary>
    private static string Escaped(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Clip(string text, int longest) => text.Length > longest ? $"{text[..(longest - 1)]}…" : text;
}
