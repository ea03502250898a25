using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using OpsConsole.Domain.Noodles.Running;

namespace OpsConsole.Engine.Noodles.Reports;

/// <summary>A run as JUnit's XML, which every build server reads: one suite a feature, one case a scenario.</summary>
public static class JUnitWriter
{
    public static XDocument Write(NoodleRunResult run)
    {
        var suites = run.Scenarios.GroupBy(scenario => scenario.Feature, StringComparer.Ordinal).Select(Suite);
        var root = new XElement("testsuites", new XAttribute("name", $"noodles: {run.Target}"), Counts(run.Scenarios, run.Took), suites);
        if (run.Fault is not null)
        {
            root.Add(new XElement("testsuite", new XAttribute("name", "the run"), new XElement("testcase", new XAttribute("name", "the run"), new XElement("error", new XAttribute("message", Clean(run.Fault))))));
        }

        return new(root);
    }

    private static XElement Suite(IGrouping<string, ScenarioResult> feature) =>
        new("testsuite", new XAttribute("name", Clean(feature.Key)), new XAttribute("timestamp", feature.Min(one => one.StartedAt).UtcDateTime.ToString("s", CultureInfo.InvariantCulture)), Counts([.. feature], TimeSpan.FromTicks(feature.Sum(one => one.Took.Ticks))), feature.Select(Case));

    private static XElement Case(ScenarioResult scenario)
    {
        var element = new XElement("testcase", new XAttribute("classname", Clean(scenario.Feature)), new XAttribute("name", Clean(scenario.Name)), new XAttribute("file", scenario.PickleId), Seconds(scenario.Took));
        if (!scenario.Good)
        {
            element.Add(new XElement(scenario.Blame == NoodleBlame.Target ? "failure" : "error", new XAttribute("type", scenario.Status.ToString()), new XAttribute("message", Clean(Why(scenario)))));
        }
        else if (scenario.Status == StepStatus.Skipped || scenario.KnownDifference is not null)
        {
            element.Add(new XElement("skipped", new XAttribute("message", Clean(scenario.KnownDifference ?? scenario.Note ?? scenario.Steps.FirstOrDefault(step => step.Status == StepStatus.Skipped)?.Message ?? ""))));
        }

        element.Add(new XElement("system-out", Clean(string.Join('\n', scenario.Steps.Select(Line)) + (scenario.Flaky ? $"\nPassed at attempt {scenario.Attempts} only." : ""))));
        return element;
    }

    private static string Why(ScenarioResult scenario) =>
        scenario.Culprit is { } step ? $"{step.Keyword}{step.Text}: {step.Message}" : $"It is known to fail here ({scenario.KnownDifference}), and it passed.";

    private static string Line(StepResult step) => $"{step.Status,-9} {step.Keyword}{step.Text}{(step.Message.Length > 0 ? $" ({step.Message})" : "")}";

    private static XAttribute[] Counts(IReadOnlyCollection<ScenarioResult> all, TimeSpan took) =>
    [
        new("tests", all.Count),
        new("failures", all.Count(one => !one.Good && one.Blame == NoodleBlame.Target)),
        new("errors", all.Count(one => !one.Good && one.Blame != NoodleBlame.Target)),
        new("skipped", all.Count(one => one.Good && (one.Status == StepStatus.Skipped || one.KnownDifference is not null))),
        Seconds(took),
    ];

    private static XAttribute Seconds(TimeSpan took) => new("time", took.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture));

    /// <summary>Without what XML cannot hold.</summary>
    private static string Clean(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var one in text)
        {
            kept.Append(XmlConvert.IsXmlChar(one) || char.IsSurrogate(one) ? one : '\uFFFD');
        }

        return kept.ToString();
    }
}
