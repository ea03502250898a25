using System.Collections.Immutable;
using System.Globalization;
using OpsConsole.Domain.Alarms.Rules;

namespace OpsConsole.Web.Alarms.Forms;

/// <summary>Reads typed numbers and times, and gathers what cannot be read.</summary>
internal sealed class FormReader
{
    private readonly ImmutableArray<AlarmError>.Builder _errors = ImmutableArray.CreateBuilder<AlarmError>();

    public ImmutableArray<AlarmError> Errors => _errors.ToImmutable();

    public void Wrong(bool wrong, string path, string what)
    {
        if (wrong)
        {
            _errors.Add(new(path, what));
        }
    }

    public double Number(string text, string path)
    {
        var read = double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
        Wrong(!read, path, "give a number, such as 12.5.");
        return read ? number : 0;
    }

    public int Whole(string text, string path)
    {
        var read = int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        Wrong(!read, path, "give a whole number.");
        return read ? number : 1;
    }

    public TimeSpan Seconds(string text, string path)
    {
        var number = Number(text, path);
        var read = number is >= 0 and <= 1e7;
        Wrong(!read, path, "give seconds, 0 or more.");
        return read ? TimeSpan.FromSeconds(number) : TimeSpan.Zero;
    }

    public DateTimeOffset? Time(string text, string path)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var read = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at);
        Wrong(!read, path, "give a time in UTC, such as 2026-11-29 10:00Z, or leave it out.");
        return read ? at : null;
    }
}
