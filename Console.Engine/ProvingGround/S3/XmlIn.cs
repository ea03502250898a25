using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using OpsConsole.Domain.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.S3;

/// <summary>Reads a customer's XML: no document types, no entities, no more depth than any of S3's documents has. Names are compared without their namespace, as customers leave it out.</summary>
internal static class XmlIn
{
    private const int Deepest = 8;

    /// <summary>The root, which must have this name.</summary>
    public static XElement Read(byte[] document, string root)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersFromEntities = 0, MaxCharactersInDocument = S3Limits.MaxDocument, IgnoreComments = true, IgnoreProcessingInstructions = true };
        try
        {
            using (var reader = XmlReader.Create(new MemoryStream(document), settings))
            {
                while (reader.Read())
                {
                    if (reader.Depth > Deepest)
                    {
                        throw new S3Exception(S3Error.MalformedXml("it is nested too deeply."));
                    }
                }
            }

            using var again = XmlReader.Create(new MemoryStream(document), settings);
            var read = XElement.Load(again);
            return read.Name.LocalName == root ? read : throw new S3Exception(S3Error.MalformedXml($"its root is not {root}."));
        }
        catch (Exception e) when (e is XmlException or InvalidOperationException or ArgumentException)
        {
            throw new S3Exception(S3Error.MalformedXml("it is no XML."));
        }
    }

    public static IEnumerable<XElement> Children(XElement of, string name) => of.Elements().Where(one => one.Name.LocalName == name);

    public static XElement? Child(XElement of, string name) => Children(of, name).FirstOrDefault();

    public static string Text(XElement of, string name) => Child(of, name)?.Value ?? throw new S3Exception(S3Error.MalformedXml($"{name} is missing in {of.Name.LocalName}."));

    public static long Number(XElement of, string name, long least, long most) =>
        long.TryParse(Text(of, name).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new S3Exception(S3Error.MalformedXml($"{name} must be a number from {least} to {most}."));
}
