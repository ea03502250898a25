using System.Collections.Immutable;
using OpsConsole.Domain.Noodles.Features;
using OpsConsole.Domain.Noodles.Steps;
using OpsConsole.Engine.Noodles.Reading;

namespace OpsConsole.Engine.Noodles.Steps;

/// <param name="Links">Teams' sentences that lead to it.</param>
/// <param name="Users">Scenarios that use it, by id.</param>
public sealed record StepUse(StepSentence Sentence, ImmutableArray<string> Links, ImmutableArray<string> Users);

/// <summary>Which scenario uses which step, and what in the features leads nowhere.</summary>
/// <param name="Faults">Steps that are undefined or ambiguous, files and sentences that cannot be read; each with its place.</param>
public sealed record StepUses(ImmutableArray<StepUse> Steps, ImmutableArray<string> Faults)
{
    public static StepUses Of(NoodleLibrary library, ShelfContent features)
    {
        var sentences = library.Catalogue.Sentences;
        var users = sentences.Select(_ => new HashSet<string>(StringComparer.Ordinal)).ToArray();
        var faults = ImmutableArray.CreateBuilder<string>();
        faults.AddRange(features.Faults);
        faults.AddRange(library.Faults);
        foreach (var pickle in features.Pickles)
        {
            foreach (var step in pickle.Steps)
            {
                switch (library.Catalogue.Match(step.Text))
                {
                    case StepMatch.Found found:
                        users[found.Index].Add(pickle.Id);
                        break;
                    case StepMatch.Linked linked:
                        linked.Steps.ToList().ForEach(one => users[one.Index].Add(pickle.Id));
                        break;
                    case StepMatch.Undefined undefined:
                        faults.Add(Place(pickle, step) + undefined.Why);
                        break;
                    case StepMatch.Ambiguous ambiguous:
                        faults.Add(Place(pickle, step) + ambiguous.Why);
                        break;
                }
            }
        }

        var links = library.Catalogue.Links.Select(link => (link, Match: library.Catalogue.Match(link.To[0]))).ToArray();
        return new(
            [.. sentences.Select((sentence, at) => new StepUse(sentence, [.. links.Where(one => one.Match is StepMatch.Found found && found.Index == at).Select(one => $"{one.link.Sentence} ({one.link.Owner})")], [.. users[at].Order(StringComparer.Ordinal)]))],
            [.. faults.Distinct()]);
    }

    private static string Place(Pickle pickle, PickleStep step) => $"{pickle.Uri}:{step.Line}: ";
}
