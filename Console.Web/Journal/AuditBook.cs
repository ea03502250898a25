using System.Text.Json;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Web.Journal;

/// <summary>The audit a page at a time, newest first.</summary>
public sealed class AuditBook(IJournal journal)
{
    public const int PageSize = 50;

    private const int LongestValue = 400;
    private const int MostFields = 60;

    public async Task<AuditPageModel> ReadAsync(AuditFilter filter, CancellationToken cancel)
    {
        var rows = await journal.ReadBackAsync(new(filter.Before, Wished(filter.Stream), Wished(filter.Actor), Wished(filter.Text), PageSize + 1), cancel);
        return new([.. rows.Take(PageSize)], rows.Count > PageSize ? rows[PageSize - 1].Sequence : null);
    }

    /// <summary>What the event says, field by field; long lists are counted and cut.</summary>
    public static IReadOnlyList<AuditField> Fields(Recorded recorded)
    {
        using var document = JsonDocument.Parse(EventTypes.Write(recorded.Event));
        var fields = new List<AuditField>();
        Add(fields, "", document.RootElement);
        return fields;
    }

    private static void Add(List<AuditField> fields, string name, JsonElement value)
    {
        if (fields.Count >= MostFields)
        {
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    Add(fields, name.Length == 0 ? member.Name : $"{name}.{member.Name}", member.Value);
                }

                break;
            case JsonValueKind.Array:
                fields.Add(new(name, $"{value.GetArrayLength()} in all"));
                foreach (var (item, i) in value.EnumerateArray().Take(5).Select((item, i) => (item, i)))
                {
                    Add(fields, $"{name}[{i}]", item);
                }

                break;
            default:
                var text = value.ToString();
                fields.Add(new(name, text.Length > LongestValue ? text[..LongestValue] + "…" : text));
                break;
        }
    }

    private static string? Wished(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <param name="Before">Only events older than this sequence; null for the newest.</param>
public sealed record AuditFilter(long? Before, string? Stream, string? Actor, string? Text);

/// <param name="Next">The sequence to read on before; null where this is the end.</param>
public sealed record AuditPageModel(IReadOnlyList<Recorded> Rows, long? Next);

public sealed record AuditField(string Name, string Value);
