using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Journal.Sqlite;

namespace OpsConsole.Web.Journal;

/// <summary><c>audit verify</c>: checks the whole journal, archive included, and names the first broken event. Changes nothing; the console may be running.</summary>
internal static class AuditVerb
{
    private static readonly Option<DirectoryInfo> Data = new("--data") { Description = "The console's data folder.", DefaultValueFactory = _ => new DirectoryInfo("data") };
    private static readonly Option<string?> Expect = new("--expect") { Description = "SEQUENCE:HASH of an event noted earlier, which must still be there." };
    private static readonly Option<bool> Json = new("--json") { Description = "Prints one JSON object." };

    public static Command Create()
    {
        var verify = new Command("verify", "Checks the hash chain of the whole journal and names the first broken event.") { Data, Expect, Json };
        verify.SetAction((parsed, cancel) => Task.FromResult(Verify(parsed.GetValue(Data)!.FullName, parsed.GetValue(Expect), parsed.GetValue(Json), parsed.InvocationConfiguration.Output, cancel)));
        return new Command("audit", "The audit: every accepted change, in order.") { verify, AuditListVerb.Create() };
    }

    /// <summary>0 where the journal is whole, 1 where it is broken or cannot be read, 2 for wrong usage.</summary>
    public static int Verify(string dataFolder, string? expect, bool json, TextWriter output, CancellationToken cancel)
    {
        if (expect is not null && Parse(expect) is null)
        {
            output.WriteLine($"--expect '{expect}' is not a sequence and a hash. Write it as 'audit verify' printed it: SEQUENCE:HASH, the hash in 64 hex digits.");
            return 2;
        }

        try
        {
            var report = new JournalVerifier(dataFolder).Verify(expect is null ? null : Parse(expect), cancel);
            output.WriteLine(json ? JsonSerializer.Serialize(report, EventTypes.Json) : Describe(report));
            return report.Broken is null ? 0 : 1;
        }
        catch (JournalException e)
        {
            output.WriteLine(json ? JsonSerializer.Serialize(new { error = e.Message }, EventTypes.Json) : e.Message);
            return 1;
        }
    }

    private static string Describe(JournalReport report) =>
        report.Broken is { } broken
            ? $"BROKEN at {(broken.Sequence is { } sequence ? $"event {sequence}" : "the file")}{(broken.Stream is null ? "" : $" ({broken.Type} of {broken.Stream})")}: {broken.Problem}\n{report.Events} events before it are whole; the last of them is {report.Events}:{report.LastHash}"
            : $"The journal is whole: {report.Events} events, {report.Archived} of them archived.\nThe last is {report.Events}:{report.LastHash}";

    private static (long Sequence, string Hash)? Parse(string text)
    {
        var parts = text.Split(':');
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && sequence > 0 && parts[1].Length == 64 && parts[1].All(char.IsAsciiHexDigit)
            ? (sequence, parts[1])
            : null;
    }
}
