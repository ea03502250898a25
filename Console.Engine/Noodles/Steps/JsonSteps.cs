using System.Globalization;
using System.Text.Json;
using OpsConsole.Engine.Noodles.S3;

namespace OpsConsole.Engine.Noodles.Steps;

/// <summary>What is said of a body of JSON; places are JSON pointers (RFC 6901).</summary>
internal sealed class JsonSteps : IStepLibrary
{
    public string Owner => "noodles";

    public void Define(StepBook book)
    {
        book.Step("the JSON at {string} is {string}", "A text, a number, true, false or null, as it would be written.", call => Check.Same(call.Text(1), Say(At(call)), $"The JSON at {call.Text(0)}"));
        book.Step("the JSON at {string} is missing", "There is no such place.", call => Check.That(Find(call) is null, $"There should be nothing at {call.Text(0)}, and there is {Find(call)}."));
        book.Step("the JSON at {string} has {int} item(s)", "Of an array or an object.", call => Check.Same(call.Number(1), Count(At(call)), $"The number of items at {call.Text(0)}"));
        book.Step("the JSON at {string} matches {string}", "As a regular expression.", call => Check.That(AnswerSteps.Matches(Say(At(call)), call.Text(1)), $"The JSON at {call.Text(0)} should match '{call.Text(1)}' and is '{Say(At(call))}'."));
        book.Step("the JSON at {string} is kept as {string}", "For later steps, as ${name}.", call => call.World.Keep(call.Text(1), Say(At(call))));
        book.Step("the JSON is:", "The whole, whatever its white space and the order of members.", call => Check.That(JsonElement.DeepEquals(Parse(call.Doc), Parse(call.World.Answered.Text)), $"The JSON should be {call.Doc} and is {S3Answers.Short(call.World.Answered.Text)}."));
    }

    private static JsonElement At(StepCall call) => Find(call) ?? throw new WrongAnswerException($"There should be something at {call.Text(0)} of {S3Answers.Short(call.World.Answered.Text)}.");

    private static JsonElement? Find(StepCall call)
    {
        JsonElement? now = Parse(call.World.Answered.Text);
        foreach (var part in call.Text(0).Split('/').Skip(1).Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
        {
            now = now is not { } here ? null
                : here.ValueKind == JsonValueKind.Object && here.TryGetProperty(part, out var member) ? member
                : here.ValueKind == JsonValueKind.Array && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < here.GetArrayLength() ? here[index]
                : null;
        }

        return now;
    }

    private static JsonElement Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 64 });
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new WrongAnswerException($"The body should be JSON and is not ({e.Message}): '{S3Answers.Short(text)}'.");
        }
    }

    private static string Say(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static int Count(JsonElement value) =>
        value.ValueKind switch { JsonValueKind.Array => value.GetArrayLength(), JsonValueKind.Object => value.GetPropertyCount(), _ => throw new WrongAnswerException($"There should be an array or an object, and there is {Say(value)}.") };
}
