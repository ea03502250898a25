using System.Globalization;
using OpsConsole.Domain.Rollouts.Notifications;

namespace OpsConsole.Engine.Rollouts.Notifications;

/// <summary>A message as lines for people: a name and what it is.</summary>
internal static class MessageText
{
    public static IEnumerable<(string Name, string Text)> Lines(NoticeContent content)
    {
        var wait = content.Wait;
        (string Name, string? Text)[] all =
        [
            ("Since", At(content.At)),
            ("Stage", content.Stage),
            ("Where", content.Where),
            ("By", content.By),
            ("Why", content.Why),
            ("Evidence", content.Evidence),
            ("Waits for", wait is null ? null : $"{wait.What}"),
            ("Who can end it", wait?.Who),
            ("Until", wait is null ? null : $"{At(wait.Until)}; then {wait.Then}"),
            ("Simulated", content.Simulated ? "all of it: no real host is touched" : null),
        ];
        return all.Where(line => !string.IsNullOrEmpty(line.Text)).Select(line => (line.Name, line.Text!));
    }

    /// <summary>For links to be clicked, and ids to be searched for.</summary>
    public static string Plain(Letter letter) =>
        $"{letter.Content.Title}\n\n{string.Join('\n', Lines(letter.Content).Select(line => $"{line.Name}: {line.Text}"))}\n\n{letter.Link}\n\n{letter.Id}, subscription {letter.To.Name}\n";

    private static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
