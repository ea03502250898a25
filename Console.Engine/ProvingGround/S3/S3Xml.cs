using System.Globalization;
using System.Text;
using System.Xml;
using OpsConsole.Domain.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.S3;

/// <summary>S3's XML documents.</summary>
internal static class S3Xml
{
    public const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    public static byte[] Write(string root, Action<XmlWriter> content, string? ns = Namespace)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = false }))
        {
            xml.WriteStartElement(root, ns);
            content(xml);
            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    public static byte[] Error(S3Error error, string resource, string requestId) =>
        Write(
            "Error",
            xml =>
            {
                xml.Text("Code", error.Code);
                xml.Text("Message", error.Message);
                xml.Text("Resource", resource);
                xml.Text("RequestId", requestId);
            },
            ns: null);

    public static void Text(this XmlWriter xml, string name, string value) => xml.WriteElementString(name, xml.LookupPrefix(Namespace) is null ? null : Namespace, value);

    public static void Text(this XmlWriter xml, string name, long value) => xml.Text(name, value.ToString(CultureInfo.InvariantCulture));

    public static void Time(this XmlWriter xml, string name, DateTimeOffset value) => xml.Text(name, value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    public static void Inside(this XmlWriter xml, string name, Action content)
    {
        xml.WriteStartElement(name, xml.LookupPrefix(Namespace) is null ? null : Namespace);
        content();
        xml.WriteEndElement();
    }
}
