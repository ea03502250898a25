using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Notifications;

/// <summary>Ids of messages: of what happened, and nothing else.</summary>
public static class NoticeIds
{
    /// <param name="number">The transition's.</param>
    /// <param name="after">See <see cref="Notice.After"/>.</param>
    public static string Of(StreamId book, int number, long after, string subscription)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{book.Value}\n{number}\n{after}\n{subscription}");
        return $"msg_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12))}";
    }
}
