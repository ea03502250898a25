using OpsConsole.Engine.Noodles.Steps;

namespace OpsConsole.Tests.Noodles;

/// <summary>Steps for the sentences of Cucumber's compatibility kit: each of its folders has a set of its own.</summary>
internal sealed class Kit(string folder) : IStepLibrary
{
    private static readonly Dictionary<string, Action<StepBook, string>> Sets = new()
    {
        ["all-statuses"] = (book, _) =>
        {
            book.Regular("^a step$", "", Nothing);
            book.Regular("^a failing step$", "", Fail);
            book.Regular("^a pending step$", "", Pending);
            book.Regular("^a skipped step$", "", Skip);
            book.Regular("^an ambiguous (.*?)$", "", Nothing);
            book.Regular("^(.*?) ambiguous step$", "", Nothing);
        },
        ["ambiguous"] = (book, _) =>
        {
            book.Regular("^a (.*?) with (.*?)$", "", Nothing);
            book.Regular("^a step with (.*?)$", "", Nothing);
        },
        ["attachments"] = (book, at) =>
        {
            book.Step("the string {string} is attached as {string}", "", call => call.World.Attach(call.Text(0), call.Text(1)));
            book.Step("the string {string} is logged", "", call => call.World.Attach(call.Text(0), "text/x.cucumber.log+plain"));
            book.Step("text with ANSI escapes is logged", "", call => call.World.Attach("\u001b[31mr\u001b[0m", "text/x.cucumber.log+plain"));
            book.Step("the following string is attached as {string}:", "", call => call.World.Attach(call.Doc, call.Text(0)));
            book.Step("an array with {int} bytes is attached as {string}", "", call => call.World.Attach(new byte[call.Number(0)], call.Text(1)));
            book.Step("a PDF document is attached and renamed", "", call => call.World.Attach(File.ReadAllBytes(Path.Combine(at, "document.pdf")), "application/pdf", "renamed.pdf"));
            book.Step("a link to {string} is attached", "", call => call.World.Attach(call.Text(0), "text/uri-list"));
            book.Step("the string {string} is attached as {string} before a failure", "", call =>
            {
                call.World.Attach(call.Text(0), call.Text(1));
                Fail(call);
            });
        },
        ["backgrounds"] = (book, _) => Orders(book),
        ["rules-backgrounds"] = (book, _) => Orders(book),
        ["multiple-features"] = (book, _) => Orders(book),
        ["multiple-features-reversed"] = (book, _) => Orders(book),
        ["cdata"] = (book, _) => book.Step("I have {int} <![CDATA[cukes]]> in my belly", "", Nothing),
        ["minimal"] = (book, _) => book.Step("I have {int} cukes in my belly", "", Nothing),
        ["data-tables"] = (book, _) =>
        {
            book.Step("the following table is transposed:", "", call => call.World.Part<Memory>().Table = [.. Enumerable.Range(0, call.Table[0].Length).Select(column => string.Join('|', call.Table.Select(row => row[column])))]);
            book.Step("it should be:", "", call => Check.SameList(call.Table.Select(row => string.Join('|', row)), call.World.Part<Memory>().Table, "The table"));
        },
        ["doc-strings"] = (book, _) => book.Step("a doc string:", "", call => Check.That(call.Doc.Length > 0, "empty")),
        ["empty"] = (_, _) => { },
        ["examples-tables"] = (book, _) => Cucumbers(book),
        ["examples-tables-undefined"] = (book, _) => Cucumbers(book),
        ["examples-tables-undefined-multiple"] = (book, _) => Cucumbers(book),
        ["examples-tables-attachment"] = (book, at) =>
        {
            book.Step("a JPEG image is attached", "", call => call.World.Attach(File.ReadAllBytes(Path.Combine(at, "cucumber.jpeg")), "image/jpeg"));
            book.Step("a PNG image is attached", "", call => call.World.Attach(File.ReadAllBytes(Path.Combine(at, "cucumber.png")), "image/png"));
        },
        ["failedish-combinations"] = (book, at) => Sets!["all-statuses"](book, at),
        ["global-hooks"] = (book, _) => Hooks(book, Nothing, Nothing, Nothing, Nothing),
        ["global-hooks-afterall-error"] = (book, _) => Hooks(book, Nothing, Nothing, Nothing, Fail, Nothing),
        ["global-hooks-beforeall-error"] = (book, _) => Hooks(book, Nothing, Fail, Nothing, Nothing, Nothing),
        ["global-hooks-attachments"] = (book, _) => Hooks(book, Attach, Attach),
        ["hooks"] = (book, _) => Around(book, Nothing, Nothing),
        ["hooks-named"] = (book, _) => Around(book, Nothing, Nothing),
        ["hooks-undefined"] = (book, _) => Around(book, Nothing, Nothing, steps: false),
        ["hooks-attachment"] = (book, _) => Around(book, Attach, Attach),
        ["skipped-failing-hook"] = (book, _) =>
        {
            book.Step("a step that skips", "", Skip);
            book.Hook(HookKind.After, "", "", Async(Fail));
        },
        ["hooks-conditional"] = (book, _) =>
        {
            book.Hook(HookKind.Before, "1", "@passing-hook", Async(Nothing));
            book.Hook(HookKind.Before, "2", "@fail-before", Async(Fail));
            book.Step("a step passes", "", Nothing);
            book.Hook(HookKind.After, "3", "@fail-after", Async(Fail));
            book.Hook(HookKind.After, "4", "@passing-hook", Async(Nothing));
        },
        ["hooks-skipped"] = (book, _) =>
        {
            foreach (var kind in new[] { HookKind.Before, HookKind.After })
            {
                book.Hook(kind, $"{kind} 1", "", Async(Nothing));
                book.Hook(kind, $"{kind} 2", kind == HookKind.Before ? "@skip-before" : "@skip-after", Async(Skip));
                book.Hook(kind, $"{kind} 3", "", Async(Nothing));
            }

            book.Step("a normal step", "", Nothing);
            book.Step("a step that skips", "", Skip);
        },
        ["markdown"] = (book, _) =>
        {
            book.Step("some TypeScript code:", "", call => Check.That(call.Doc.Length > 0, "empty"));
            book.Step("some classic Gherkin:", "", call => Check.That(call.Doc.Length > 0, "empty"));
            book.Step("we use a data table and attach something and then {word}", "", call =>
            {
                Check.Same(4, call.Table.Length, "rows");
                call.World.Attach($"We are logging some plain text ({call.Text(0)})", "text/x.cucumber.log+plain");
                Check.That(call.Text(0) != "fail", "You asked me to fail");
            });
            book.Step("this might or might not run", "", Nothing);
        },
        ["parameter-types"] = (book, _) =>
        {
            book.Type(new("flight", ["([A-Z]{3})-([A-Z]{3})"], texts => (texts[0], texts[1])));
            book.Step("{flight} has been delayed", "", call => Check.Same(("LHR", "CDG"), call.Raw<(string, string)>(0), "The flight"));
        },
        ["pending"] = (book, _) =>
        {
            book.Step("an implemented non-pending step", "", Nothing);
            book.Step("an implemented step that is skipped", "", Nothing);
            book.Step("an unimplemented pending step", "", Pending);
        },
        ["pending-exception"] = (book, _) => book.Step("an unimplemented pending step", "", Pending),
        ["regular-expression"] = (book, _) => book.Regular("^a (.*?)(?: and a (.*?))?(?: and a (.*?))?$", "", Nothing),
        ["retry"] = (book, _) =>
        {
            book.Step("a step that always passes", "", Nothing);
            book.Step("a step that passes the second time", "", call => Check.That(call.World.Attempt >= 1, "not yet"));
            book.Step("a step that passes the third time", "", call => Check.That(call.World.Attempt >= 2, "not yet"));
            book.Step("a step that always fails", "", Fail);
        },
        ["retry-ambiguous"] = (book, _) =>
        {
            book.Step("an ambiguous step", "", Nothing);
            book.Step("an ambiguous step", "", Nothing);
        },
        ["retry-pending"] = (book, _) => book.Step("a pending step", "", Pending),
        ["retry-undefined"] = (_, _) => { },
        ["rules"] = (book, _) =>
        {
            book.Step("the customer has {int} cents", "", call => call.World.Part<Memory>().Count = call.Number(0));
            book.Step("there are chocolate bars in stock", "", call => call.World.Part<Memory>().Friends = 1);
            book.Step("there are no chocolate bars in stock", "", call => call.World.Part<Memory>().Friends = 0);
            book.Step("the customer tries to buy a {int} cent chocolate bar", "", call => call.World.Part<Memory>().Sold = call.World.Part<Memory>().Count >= call.Number(0) && call.World.Part<Memory>().Friends > 0);
            book.Step("the sale should not happen", "", call => Check.Same(false, call.World.Part<Memory>().Sold, "sold"));
            book.Step("the sale should happen", "", call => Check.Same(true, call.World.Part<Memory>().Sold, "sold"));
        },
        ["skipped"] = (book, _) =>
        {
            book.Step("a step that does not skip", "", Nothing);
            book.Step("a step that is skipped", "", Nothing);
            book.Step("I skip a step", "", Skip);
        },
        ["skipped-exception"] = (book, _) => book.Step("I skip a step", "", Skip),
        ["stack-traces"] = (book, _) => book.Step("a step throws an exception", "", Fail),
        ["test-run-exception"] = (book, _) => book.Step("a step", "", Nothing),
        ["undefined"] = (book, _) => Implemented(book),
        ["undefined-multiple"] = (book, _) => Implemented(book),
        ["unknown-parameter-type"] = (book, _) => book.Step("{airport} is closed because of a strike", "", Fail),
        ["unused-steps"] = (book, _) =>
        {
            book.Step("a step that is used", "", Nothing);
            book.Step("a step that is not used", "", Nothing);
        },
    };

    public string Owner => "kit";

    /// <summary>Whether there are steps for this folder.</summary>
    public static bool Knows(string folder) => Sets.ContainsKey(Path.GetFileName(folder));

    public void Define(StepBook book) => Sets[Path.GetFileName(folder)](book, folder);

    private static void Orders(StepBook book)
    {
        book.Step("an order for {string}", "", Nothing);
        book.Step("an action", "", Nothing);
        book.Step("an outcome", "", Nothing);
    }

    private static void Cucumbers(StepBook book)
    {
        book.Step("there are {int} cucumbers", "", call => call.World.Part<Memory>().Count = call.Number(0));
        book.Step("there are {int} friends", "", call => call.World.Part<Memory>().Friends = call.Number(0));
        book.Step("I eat {int} cucumbers", "", call => call.World.Part<Memory>().Count -= call.Number(0));
        book.Step("I should have {int} cucumbers", "", call => Check.Same(call.Number(0), call.World.Part<Memory>().Count, "cucumbers"));
        book.Step("each person can eat {int} cucumbers", "", call => Check.Same(call.Number(0), call.World.Part<Memory>().Count / (1 + call.World.Part<Memory>().Friends), "each"));
    }

    private static void Implemented(StepBook book)
    {
        book.Step("an implemented step", "", Nothing);
        book.Step("a step that will be skipped", "", Nothing);
    }

    /// <summary>Around the run: the first half before, where there is an odd one it is after.</summary>
    private static void Hooks(StepBook book, params Action<StepCall>[] bodies)
    {
        var before = bodies is [_, var second, _, _, _] && second == Fail ? 3 : bodies.Length / 2;
        for (var at = 0; at < bodies.Length; at++)
        {
            book.Hook(at < before ? HookKind.BeforeAll : HookKind.AfterAll, $"{at}", "", Async(bodies[at]));
        }

        book.Step("a step passes", "", Nothing);
        book.Step("a step fails", "", Fail);
    }

    private static void Around(StepBook book, Action<StepCall> before, Action<StepCall> after, bool steps = true)
    {
        book.Hook(HookKind.Before, "before", "", Async(before));
        book.Hook(HookKind.After, "after", "", Async(after));
        if (steps)
        {
            book.Step("a step passes", "", Nothing);
            book.Step("a step fails", "", Fail);
        }
    }

    private static Func<StepCall, Task> Async(Action<StepCall> body) =>
        call =>
        {
            body(call);
            return Task.CompletedTask;
        };

    private static void Nothing(StepCall call) => _ = call.Arguments.Length;

    private static void Attach(StepCall call) => call.World.Attach("an attachment");

    private static void Fail(StepCall call) => throw new InvalidOperationException("whoops");

    private static void Pending(StepCall call) => throw new PendingStepException("not written yet");

    private static void Skip(StepCall call) => throw new SkipScenarioException("skipping");

    private sealed class Memory
    {
        public int Count { get; set; }

        public int Friends { get; set; }

        public bool Sold { get; set; }

        public List<string> Table { get; set; } = [];
    }
}
