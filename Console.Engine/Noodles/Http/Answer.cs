using System.Collections.Immutable;
using System.Text;

namespace OpsConsole.Engine.Noodles.Http;

/// <summary>What came back. Header names in any case.</summary>
public sealed record Answer(int Status, ImmutableArray<(string Name, string Value)> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>Null where there is none; joined by commas where there are several.</summary>
    public string? Header(string name)
    {
        var found = Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).ToArray();
        return found.Length == 0 ? null : string.Join(',', found);
    }
}
