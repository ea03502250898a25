using System.Collections.Frozen;
using System.Collections.Immutable;
using static OpsConsole.Domain.Noodles.Features.LineKind;

namespace OpsConsole.Domain.Noodles.Features;

/// <summary>Where in a file the reader is: it decides what may come next.</summary>
internal enum Place
{
    Start,
    AfterLanguage,
    FeatureTags,
    FeatureHead,
    FeatureWords,
    BackgroundHead,
    BackgroundWords,
    BackgroundStep,
    BackgroundTable,
    BackgroundAfterDoc,
    BackgroundTableAfterDoc,
    BackgroundDocAfterTable,
    ScenarioTags,
    ScenarioHead,
    ScenarioWords,
    ScenarioStep,
    ScenarioTable,
    ScenarioAfterDoc,
    ScenarioTableAfterDoc,
    ScenarioDocAfterTable,
    ExamplesTags,
    ExamplesHead,
    ExamplesWords,
    ExamplesTable,
    RuleTags,
    InDocString,
}

/// <summary>Gherkin's grammar: what each place takes, in the order it is tried.</summary>
internal static class Grammar
{
    private static readonly ImmutableArray<LineKind> Next = [TagLine, ScenarioLine, RuleLine];
    private static readonly ImmutableArray<LineKind> NextInScenario = [TagLine, ExamplesLine, ScenarioLine, RuleLine];

    public static readonly FrozenDictionary<Place, ImmutableArray<LineKind>> Takes = new Dictionary<Place, ImmutableArray<LineKind>>
    {
        [Place.Start] = [EOF, Language, TagLine, FeatureLine, Comment, Empty],
        [Place.AfterLanguage] = [TagLine, FeatureLine, Comment, Empty],
        [Place.FeatureTags] = [TagLine, FeatureLine, Comment, Empty],
        [Place.FeatureHead] = [EOF, Empty, Comment, BackgroundLine, .. Next, Other],
        [Place.FeatureWords] = [EOF, Comment, BackgroundLine, .. Next, Other],
        [Place.BackgroundHead] = [EOF, Empty, Comment, StepLine, .. Next, Other],
        [Place.BackgroundWords] = [EOF, Comment, StepLine, .. Next, Other],
        [Place.BackgroundStep] = [EOF, LineKind.TableRow, DocStringSeparator, StepLine, .. Next, Comment, Empty],
        [Place.BackgroundTable] = [EOF, LineKind.TableRow, DocStringSeparator, StepLine, .. Next, Comment, Empty],
        [Place.BackgroundAfterDoc] = [EOF, LineKind.TableRow, StepLine, .. Next, Comment, Empty],
        [Place.BackgroundTableAfterDoc] = [EOF, LineKind.TableRow, StepLine, .. Next, Comment, Empty],
        [Place.BackgroundDocAfterTable] = [EOF, StepLine, .. Next, Comment, Empty],
        [Place.ScenarioTags] = [TagLine, ScenarioLine, Comment, Empty],
        [Place.ScenarioHead] = [EOF, Empty, Comment, StepLine, .. NextInScenario, Other],
        [Place.ScenarioWords] = [EOF, Comment, StepLine, .. NextInScenario, Other],
        [Place.ScenarioStep] = [EOF, LineKind.TableRow, DocStringSeparator, StepLine, .. NextInScenario, Comment, Empty],
        [Place.ScenarioTable] = [EOF, LineKind.TableRow, DocStringSeparator, StepLine, .. NextInScenario, Comment, Empty],
        [Place.ScenarioAfterDoc] = [EOF, LineKind.TableRow, StepLine, .. NextInScenario, Comment, Empty],
        [Place.ScenarioTableAfterDoc] = [EOF, LineKind.TableRow, StepLine, .. NextInScenario, Comment, Empty],
        [Place.ScenarioDocAfterTable] = [EOF, StepLine, .. NextInScenario, Comment, Empty],
        [Place.ExamplesTags] = [TagLine, ExamplesLine, Comment, Empty],
        [Place.ExamplesHead] = [EOF, Empty, Comment, LineKind.TableRow, .. NextInScenario, Other],
        [Place.ExamplesWords] = [EOF, Comment, LineKind.TableRow, .. NextInScenario, Other],
        [Place.ExamplesTable] = [EOF, LineKind.TableRow, .. NextInScenario, Comment, Empty],
        [Place.RuleTags] = [TagLine, RuleLine, Comment, Empty],
        [Place.InDocString] = [DocStringSeparator, Other],
    }.ToFrozenDictionary();
}
