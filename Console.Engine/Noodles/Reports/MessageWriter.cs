using System.Text.Json;
using OpsConsole.Domain.Noodles.Features;
using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Domain.Noodles.Steps;
using OpsConsole.Engine.Noodles.Reading;
using OpsConsole.Engine.Noodles.Steps;

namespace OpsConsole.Engine.Noodles.Reports;

/// <summary>A run as Cucumber's messages, one in each line, for anybody's formatters.</summary>
public static class MessageWriter
{
    private const string Protocol = "30.0.0";

    public static async Task WriteAsync(NoodleRunResult run, ShelfContent features, NoodleLibrary library, Stream into, CancellationToken cancel)
    {
        var writer = new StreamWriter(into, leaveOpen: true) { NewLine = "\n" };
        await using (writer.ConfigureAwait(false))
        {
            foreach (var message in Messages(run, features, library))
            {
                await writer.WriteLineAsync(JsonSerializer.Serialize(message).AsMemory(), cancel).ConfigureAwait(false);
            }
        }
    }

    private static IEnumerable<object> Messages(NoodleRunResult run, ShelfContent features, NoodleLibrary library)
    {
        yield return new { meta = new { protocolVersion = Protocol, implementation = new { name = "OpsConsole", version = "1" }, runtime = new { name = ".NET", version = Environment.Version.ToString() }, os = new { name = Environment.OSVersion.Platform.ToString() }, cpu = new { name = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString() } } };
        foreach (var sentence in library.Catalogue.Sentences)
        {
            yield return new { stepDefinition = new { id = IdOf(sentence), pattern = new { source = sentence.Text, type = sentence.Regular ? "REGULAR_EXPRESSION" : "CUCUMBER_EXPRESSION" }, sourceReference = new { uri = sentence.Where } } };
        }

        foreach (var hook in library.Hooks)
        {
            yield return new { hook = new { id = IdOf(hook), name = hook.Name, tagExpression = hook.Tags.ToString(), type = Type(hook.Kind), sourceReference = new { uri = hook.Owner } } };
        }

        var pickles = features.Pickles.ToDictionary(pickle => pickle.Id, StringComparer.Ordinal);
        var ran = run.Scenarios.Where(scenario => pickles.ContainsKey(scenario.PickleId)).ToArray();
        var told = ran.Length > 0 ? ran.Select(scenario => pickles[scenario.PickleId]).ToArray() : [.. features.Pickles];
        foreach (var file in features.Files.Where(file => told.Any(pickle => pickle.Uri == file.Uri)))
        {
            yield return new { source = new { uri = file.Uri, data = file.Text, mediaType = file.Uri.EndsWith(".md", StringComparison.Ordinal) ? "text/x.cucumber.gherkin+markdown" : "text/x.cucumber.gherkin+plain" } };
            yield return new { gherkinDocument = DocumentWriter.Of(file) };
        }

        foreach (var pickle in told)
        {
            yield return new { pickle = Pickle(pickle) };
        }

        yield return new { testRunStarted = new { id = run.Id, timestamp = Time(run.StartedAt) } };
        foreach (var scenario in ran)
        {
            yield return new { testCase = new { id = CaseOf(scenario), pickleId = scenario.PickleId, testRunStartedId = run.Id, testSteps = scenario.Steps.Select((step, at) => Step(scenario, pickles[scenario.PickleId], library, step, at)).ToArray() } };
        }

        foreach (var message in ran.SelectMany(Case).Concat(run.Hooks.SelectMany(hook => hook.Attachments).Select(attached => Attached(attached, null, null, run.Id))))
        {
            yield return message;
        }

        yield return new { testRunFinished = new { testRunStartedId = run.Id, success = run.Passed, timestamp = Time(run.StartedAt + run.Took), message = run.Fault } };
    }

    private static object Pickle(Pickle pickle) =>
        new
        {
            id = pickle.Id, uri = pickle.Uri, name = pickle.Name, language = pickle.Language,
            astNodeIds = pickle.Row == 0 ? new[] { $"{pickle.Uri}:{pickle.Line}" } : [$"{pickle.Uri}:{pickle.Line}", $"{pickle.Uri}:{pickle.Row}"],
            tags = pickle.Tags.Select(tag => new { name = tag, astNodeId = $"{pickle.Uri}:{tag}" }),
            steps = pickle.Steps.Select((step, at) => new { id = StepOf(pickle, at), text = step.Text, type = step.Kind.ToString(), astNodeIds = new[] { $"{pickle.Uri}:{step.Line}" }, argument = Argument(step) }),
        };

    private static object? Argument(PickleStep step) =>
        step.Table is { } table ? new { dataTable = new { rows = table.Rows.Select(row => new { cells = row.Cells.Select(cell => new { value = cell }) }) } }
        : step.DocString is { } doc ? new { docString = new { content = doc.Content, mediaType = doc.MediaType } }
        : null;

    private static object Step(ScenarioResult scenario, Pickle pickle, NoodleLibrary library, StepResult step, int at)
    {
        var id = $"{CaseOf(scenario)}#{at}";
        if (step.Line == 0)
        {
            return new { id, hookId = library.Hooks.FirstOrDefault(hook => hook.Name == step.Text && hook.Owner == step.Owner) is { } hook ? IdOf(hook) : step.Text };
        }

        var definitions = library.Catalogue.Match(step.Text) switch
        {
            StepMatch.Found found => new[] { IdOf(found.Sentence) },
            StepMatch.Linked linked => [.. linked.Steps.Select(one => IdOf(one.Sentence))],
            _ => [],
        };
        return new { id, pickleStepId = StepOf(pickle, scenario.Steps.Take(at).Count(before => before.Line != 0)), stepDefinitionIds = definitions };
    }

    private static IEnumerable<object> Case(ScenarioResult scenario)
    {
        var at = scenario.StartedAt;
        var attempts = scenario.Earlier.Add(scenario.Steps);
        for (var attempt = 0; attempt < attempts.Length; attempt++)
        {
            var started = $"{CaseOf(scenario)}/{attempt}";
            yield return new { testCaseStarted = new { id = started, testCaseId = CaseOf(scenario), attempt, timestamp = Time(at) } };
            for (var number = 0; number < attempts[attempt].Length; number++)
            {
                var step = attempts[attempt][number];
                var testStepId = $"{CaseOf(scenario)}#{number}";
                yield return new { testStepStarted = new { testCaseStartedId = started, testStepId, timestamp = Time(at) } };
                // Of what went well the exchanges would be megabytes that nobody reads.
                var exchanges = scenario.Good && !scenario.Flaky ? [] : step.Exchanges.Select(exchange => new Attachment("application/json", JsonSerializer.Serialize(exchange), Encoded: false, "exchange.json"));
                foreach (var attached in step.Attachments.Concat(exchanges))
                {
                    yield return Attached(attached, started, testStepId, null);
                }

                at += step.Took;
                yield return new { testStepFinished = new { testCaseStartedId = started, testStepId, testStepResult = new { status = step.Status.ToString().ToUpperInvariant(), duration = Duration(step.Took), message = step.Message.Length == 0 ? null : step.Message }, timestamp = Time(at) } };
            }

            yield return new { testCaseFinished = new { testCaseStartedId = started, timestamp = Time(at), willBeRetried = attempt + 1 < attempts.Length } };
        }
    }

    private static object Attached(Attachment attached, string? testCaseStartedId, string? testStepId, string? testRunStartedId) =>
        new { attachment = new { body = attached.Body, contentEncoding = attached.Encoded ? "BASE64" : "IDENTITY", mediaType = attached.MediaType, fileName = attached.FileName, testCaseStartedId, testStepId, testRunStartedId } };

    private static string CaseOf(ScenarioResult scenario) => $"case {scenario.PickleId}";

    private static string StepOf(Pickle pickle, int at) => $"{pickle.Id}#{at}";

    private static string IdOf(StepSentence sentence) => $"{sentence.Owner}/{sentence.Where}: {sentence.Text}";

    private static string IdOf(Hook hook) => $"{hook.Owner}: {hook.Kind} {hook.Name}";

    private static string Type(HookKind kind) =>
        kind switch { HookKind.BeforeAll => "BEFORE_TEST_RUN", HookKind.AfterAll => "AFTER_TEST_RUN", HookKind.Before => "BEFORE_TEST_CASE", _ => "AFTER_TEST_CASE" };

    private static object Time(DateTimeOffset at) => new { seconds = at.ToUnixTimeSeconds(), nanos = at.Ticks % TimeSpan.TicksPerSecond * 100 };

    private static object Duration(TimeSpan took) => new { seconds = (long)took.TotalSeconds, nanos = took.Ticks % TimeSpan.TicksPerSecond * 100 };
}
