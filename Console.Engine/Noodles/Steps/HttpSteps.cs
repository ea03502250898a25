using System.Collections.Immutable;
using System.Text;
using OpsConsole.Engine.Noodles.Running;
using OpsConsole.Engine.Noodles.S3;

namespace OpsConsole.Engine.Noodles.Steps;

/// <summary>Any HTTP API: a team writes features and no code.</summary>
internal sealed class HttpSteps : IStepLibrary
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public string Owner => "noodles";

    public void Define(StepBook book)
    {
        book.Step("requests have the header {string} with {string}", "Of all requests of the scenario that are not signed.", call => call.World.Part<Draft>().Headers[call.Text(0)] = call.Text(1));
        book.Step("{method} {string} is sent", "To the target, unsigned; a path that begins with a slash, or a whole address of the target.", call => SendAsync(call, call.Raw<string>(0), call.Text(1), null));
        book.Step("{method} {string} is sent with:", "The same, with the text below as body; its type stands after the quotes.", call => SendAsync(call, call.Raw<string>(0), call.Text(1), call.Doc));
        book.Step("{string} is kept as {string}", "A text for later steps, as ${name}.", call => call.World.Keep(call.Text(1), call.Text(0)));
        book.Step("a name for a {word} is leased as {string}", "For a metric, a log or a prefix: no other scenario has it or had it.", call => call.World.Keep(call.Text(1), call.World.Pools.NewName(call.Text(0))));
        book.Step("eventually within {int} second(s) {method} {string} answers {int}", "Asks again until it does; waits no longer than that.", EventuallyAsync);
    }

    private static async Task SendAsync(StepCall call, string method, string path, string? body)
    {
        var world = call.World;
        var address = AddressOf(world, path);
        var headers = world.Part<Draft>().Headers.Select(header => (header.Key, world.Fill(header.Value))).ToImmutableArray();
        if (body is not null && headers.All(header => !header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)))
        {
            headers = headers.Add(("Content-Type", call.RawDoc?.MediaType switch { null => "text/plain; charset=utf-8", "json" => "application/json", "xml" => "application/xml", var type => type }));
        }

        world.Last = await new RawS3(world.Http, world.Target, null, world.Clock).SendAsync(method, address, headers, body is null ? null : Encoding.UTF8.GetBytes(body), call.Cancel).ConfigureAwait(false);
    }

    /// <summary>Never anywhere else than the target, whatever a feature says.</summary>
    private static string AddressOf(NoodleWorld world, string path)
    {
        var origin = world.Target.Endpoint.GetLeftPart(UriPartial.Authority);
        return path.StartsWith('/') ? origin + world.Target.Endpoint.AbsolutePath.TrimEnd('/') + path
            : path.StartsWith(origin + "/", StringComparison.OrdinalIgnoreCase) ? path
            : throw new BrokenTestException($"'{path}' is neither a path nor an address of {origin}.");
    }

    private static async Task EventuallyAsync(StepCall call)
    {
        var (clock, wanted, began) = (call.World.Clock, call.Number(3), call.World.Clock.GetTimestamp());
        if (call.Number(0) is < 1 or > 600)
        {
            throw new BrokenTestException("Eventually is within 1 to 600 seconds.");
        }

        for (var asked = 1; ; asked++)
        {
            string got;
            try
            {
                await SendAsync(call, call.Raw<string>(1), call.Text(2), null).ConfigureAwait(false);
                if (call.World.Answered.Status == wanted)
                {
                    return;
                }

                got = $"the last answer was {call.World.Answered.Status}";
            }
            catch (HttpRequestException e)
            {
                got = $"the last time nobody answered ({e.Message})";
            }

            if (clock.GetElapsedTime(began) + Pause > TimeSpan.FromSeconds(call.Number(0)))
            {
                throw new WrongAnswerException($"{call.Raw<string>(1)} {call.Text(2)} should answer {wanted} within {call.Number(0)} s; it was asked {asked} times, and {got}.");
            }

            await Task.Delay(Pause, clock, call.Cancel).ConfigureAwait(false);
        }
    }

    private sealed class Draft
    {
        public SortedDictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);
    }
}
