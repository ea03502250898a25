using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;
using OpsConsole.Engine.Noodles.Http;
using OpsConsole.Engine.Noodles.Steps;

namespace OpsConsole.Engine.Noodles.S3;

/// <summary>Reads a store's XML. Namespaces are not looked at: stores differ in them.</summary>
internal static class S3Answers
{
    /// <exception cref="WrongAnswerException">It is no XML.</exception>
    public static XElement Xml(this Answer answer)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(answer.Text.TrimStart('\uFEFF', ' ', '\r', '\n')), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 16_000_000 });
            return XElement.Load(reader);
        }
        catch (XmlException e)
        {
            throw new WrongAnswerException($"The body should be XML and is not ({e.Message}): '{Short(answer.Text)}'.");
        }
    }

    /// <summary>Texts of all elements of this name, wherever they stand; <c>Contents/Key</c> for those in another.</summary>
    public static ImmutableArray<string> All(this XElement xml, string path)
    {
        var parts = path.Split('/');
        return [.. xml.DescendantsAndSelf().Where(element => Ends(element, parts)).Select(element => element.Value)];
    }

    /// <summary>The error code; empty where the answer is none.</summary>
    public static string ErrorCode(this Answer answer) => answer.Body.Length == 0 ? "" : answer.Xml().All("Code").FirstOrDefault("");

    public static string Short(string text) => text.Length > 300 ? text[..300] + "…" : text;

    private static bool Ends(XElement element, string[] parts)
    {
        var now = element;
        for (var at = parts.Length - 1; at >= 0; at--, now = now.Parent)
        {
            if (now is null || now.Name.LocalName != parts[at])
            {
                return false;
            }
        }

        return true;
    }
}
