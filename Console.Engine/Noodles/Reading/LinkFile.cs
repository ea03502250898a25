using System.Collections.Immutable;
using OpsConsole.Domain.Noodles.Steps;

namespace OpsConsole.Engine.Noodles.Reading;

/// <summary>
/// A team's links: a line <c>owner: TEAM</c>, then sentences, each followed by the steps it stands for on indented lines. Lines that begin with # are comments.
/// <code>
/// owner: images
/// the image {string} is uploaded
///   the text "a picture" is put as {1}
/// </code>
/// </summary>
public static class LinkFile
{
    private const int MostLinks = 500;

    public static (ImmutableArray<StepLink> Links, ImmutableArray<string> Faults) Read(string uri, string text)
    {
        var links = ImmutableArray.CreateBuilder<StepLink>();
        var faults = ImmutableArray.CreateBuilder<string>();
        var owner = "";
        var number = 0;
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd()))
        {
            number++;
            if (line.Length == 0 || line.TrimStart().StartsWith('#'))
            {
                continue;
            }

            if (line.StartsWith("owner:", StringComparison.Ordinal))
            {
                owner = line["owner:".Length..].Trim();
            }
            else if (owner.Length == 0)
            {
                faults.Add($"{uri}:{number}: the first line says who owns the links: owner: TEAM.");
                break;
            }
            else if (!char.IsWhiteSpace(line[0]))
            {
                links.Add(new(line, [], owner, $"{uri}:{number}"));
            }
            else if (links.Count == 0)
            {
                faults.Add($"{uri}:{number}: a step stands before any sentence.");
            }
            else
            {
                links[^1] = links[^1] with { To = links[^1].To.Add(line.Trim()) };
            }

            if (links.Count > MostLinks)
            {
                faults.Add($"{uri}: more than {MostLinks} links; split it.");
                return ([], faults.ToImmutable());
            }
        }

        return (links.ToImmutable(), faults.ToImmutable());
    }
}
