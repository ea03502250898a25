using System.Text.RegularExpressions;
using OpsConsole.Engine.Noodles.S3;

namespace OpsConsole.Engine.Noodles.Steps;

/// <summary>What is said of the newest answer, whatever it is an answer of.</summary>
internal sealed class AnswerSteps : IStepLibrary
{
    public string Owner => "noodles";

    public void Define(StepBook book)
    {
        book.Step("the status is {int}", "The answer's HTTP status.", call => Check.That(call.World.Answered.Status == call.Number(0), Status(call, $"{call.Number(0)}")));
        book.Step("the status is {int} or {int}", "Where documents disagree.", call => Check.That(call.World.Answered.Status == call.Number(0) || call.World.Answered.Status == call.Number(1), Status(call, $"{call.Number(0)} or {call.Number(1)}")));
        book.Step("the header {string} is {string}", "One header of the answer, exactly.", call => Check.Same(call.Text(1), call.World.Answered.Header(call.Text(0)) ?? "", $"The header {call.Text(0)}"));
        book.Step("the header {string} matches {string}", "One header of the answer, as a regular expression.", call => Check.That(Matches(call.World.Answered.Header(call.Text(0)) ?? "", call.Text(1)), $"The header {call.Text(0)} should match '{call.Text(1)}' and is '{call.World.Answered.Header(call.Text(0))}'."));
        book.Step("there is no header {string}", "The answer does not have it.", call => Check.That(call.World.Answered.Header(call.Text(0)) is null, $"There should be no header {call.Text(0)}, and it is '{call.World.Answered.Header(call.Text(0))}'."));
        book.Step("the header {string} is kept as {string}", "For later steps, as ${name}.", call => call.World.Keep(call.Text(1), call.World.Answered.Header(call.Text(0)) ?? throw new WrongAnswerException($"There should be a header {call.Text(0)}.")));
        book.Step("the body is {string}", "The answer's body as text, exactly.", call => Check.Same(call.Text(0), call.World.Answered.Text, "The body"));
        book.Step("the body is:", "The same, with the text below.", call => Check.Same(call.Doc, call.World.Answered.Text, "The body"));
        book.Step("the body contains {string}", "Somewhere in the answer's body.", call => Check.That(call.World.Answered.Text.Contains(call.Text(0), StringComparison.Ordinal), $"The body should contain '{call.Text(0)}' and is '{S3Answers.Short(call.World.Answered.Text)}'."));
        book.Step("the body is empty", "No byte of a body.", call => Check.Same(0, call.World.Answered.Body.Length, "The body's length"));
        book.Step("the body has {size}", "The answer's body, its length.", call => Check.Same(call.Raw<int>(0), call.World.Answered.Body.Length, "The body's length"));
    }

    private static string Status(StepCall call, string wanted)
    {
        var answer = call.World.Answered;
        return $"The status should be {wanted} and is {answer.Status}{(answer.Body.Length > 0 ? $": '{S3Answers.Short(answer.Text)}'" : "")}.";
    }

    internal static bool Matches(string text, string regex)
    {
        try
        {
            return Regex.IsMatch(text, regex, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(250));
        }
        catch (ArgumentException e)
        {
            throw new BrokenTestException($"'{regex}' is no regular expression: {e.Message}");
        }
    }
}
