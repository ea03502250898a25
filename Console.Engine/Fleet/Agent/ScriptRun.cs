using System.Diagnostics;
using System.Text;

namespace OpsConsole.Engine.Fleet.Agent;

/// <summary>One run of a script, its output bounded.</summary>
/// <param name="ExitCode">Null where it was killed.</param>
/// <param name="Output">The last 4 KB of its standard output.</param>
/// <param name="Errors">The last 4 KB of its standard error: kept apart, as the two are read in no order and much output must not push out the line that says why.</param>
internal sealed record ScriptRun(int? ExitCode, string Output, string Errors)
{
    public const int MostOutput = 4_096;
    private const int MostTail = 400;

    /// <summary>The last lines, at most 400 characters: errors last, output in what room they leave.</summary>
    public string Tail
    {
        get
        {
            var errors = Last(Errors, MostTail);
            return $"{Last(Output, MostTail - errors.Length)}\n{errors}".Trim();
        }
    }

    /// <summary>The value of the last line <c>name=value</c>.</summary>
    public string? Said(string name) =>
        Output.Split('\n').Select(line => line.Trim()).LastOrDefault(line => line.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..] is { Length: > 0 } value ? value : null;

    public static async Task<ScriptRun> RunAsync(ProcessStartInfo start, TimeProvider clock, CancellationToken cancel)
    {
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (new StringBuilder(), new StringBuilder());
        var readers = Task.WhenAll(ReadAsync(process.StandardOutput, output), ReadAsync(process.StandardError, errors));
        int? code = null;
        try
        {
            await process.WaitForExitAsync(cancel).ConfigureAwait(false);
            code = process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        try
        {
            // A daemon that a script leaves behind may hold its output open for ever.
            await readers.WaitAsync(TimeSpan.FromSeconds(1), clock, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or IOException or ObjectDisposedException)
        {
        }

        return new(code, Read(output), Read(errors));
    }

    private static string Last(string text, int most) => text.Trim() is var trimmed && trimmed.Length > most ? trimmed[^most..] : trimmed;

    private static string Read(StringBuilder written)
    {
        lock (written)
        {
            return written.ToString();
        }
    }

    private static async Task ReadAsync(StreamReader from, StringBuilder output)
    {
        var buffer = new char[1_024];
        while (await from.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var read)
        {
            lock (output)
            {
                output.Append(buffer, 0, read);
                output.Remove(0, Math.Max(0, output.Length - MostOutput));
            }
        }
    }
}
