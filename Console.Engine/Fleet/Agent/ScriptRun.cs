using System.Diagnostics;
using System.Text;

namespace OpsConsole.Engine.Fleet.Agent;

/// <summary>One run of a script, its output bounded.</summary>
/// <param name="ExitCode">Null where it was killed.</param>
/// <param name="Output">The last 4 KB it wrote, both streams.</param>
internal sealed record ScriptRun(int? ExitCode, string Output)
{
    public const int MostOutput = 4_096;

    /// <summary>The last lines, short enough for a report's detail.</summary>
    public string Tail => Output.Trim() is var text && text.Length > 400 ? text[^400..] : text;

    /// <summary>The value of the last line <c>name=value</c>.</summary>
    public string? Said(string name) =>
        Output.Split('\n').Select(line => line.Trim()).LastOrDefault(line => line.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..] is { Length: > 0 } value ? value : null;

    public static async Task<ScriptRun> RunAsync(ProcessStartInfo start, TimeProvider clock, CancellationToken cancel)
    {
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = new StringBuilder();
        var readers = Task.WhenAll(ReadAsync(process.StandardOutput, output), ReadAsync(process.StandardError, output));
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

        lock (output)
        {
            return new(code, output.ToString());
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
